import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { panelWidth } from '../../renderer/app/panel-width.ts';
import { resolveTheme } from '../../renderer/app/theme.ts';
import { axisTime } from '../../renderer/stores/acquisition-times.ts';
import { bufferKind, datasetDetail } from '../../renderer/stores/dataset-detail.ts';
import { openPath as hostOpen, probePath } from '../../main/host/open-path.ts';
import type { DataError } from '../../shared/model/data-error.ts';
import { decideOpen } from '../../renderer/stores/open-decision.ts';
import { prefetchPlan, STANDING, travelOf } from '../../renderer/stores/prefetch-plan.ts';
import { fileName, folderOf, isWithin, useProject } from '../../renderer/stores/project-store.ts';
import { sortRecent, withRecent } from '../../renderer/stores/recent-store.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../renderer/stores/settings-store.ts';
import { useToasts } from '../../renderer/stores/toast-store.ts';
import { unitScale } from '../../shared/model/scale.ts';
import { frameSet } from '../support/shell-facts.ts';

describe('settings', () => {
  it('takes what is stored and well formed, and defaults for the rest', () => {
    expect(readSettings(null)).toEqual(DEFAULT_SETTINGS);
    expect(readSettings('{ broken')).toEqual(DEFAULT_SETTINGS);
    expect(readSettings('[1]')).toEqual(DEFAULT_SETTINGS);
    const read = readSettings(
      JSON.stringify({
        theme: 'pink',
        singleKeys: false,
        panels: { tree: false, timeline: 'no' },
        treeWidth: 9999,
        inspectorWidth: 'wide',
      }),
    );
    expect(read).toEqual({
      ...DEFAULT_SETTINGS,
      singleKeys: false,
      panels: { tree: false, timeline: true, inspector: true },
      treeWidth: 480,
    });
  });

  it('resolves the theme of the system, contrast before light', () => {
    const system =
      (...queries: readonly string[]) =>
      (asked: string) =>
        queries.some((query) => asked.includes(query));
    expect(resolveTheme('system', system())).toBe('dark');
    expect(resolveTheme('system', system('color-scheme: light'))).toBe('light');
    expect(resolveTheme('system', system('color-scheme: light', 'forced-colors'))).toBe('contrast');
    expect(resolveTheme('light', system('forced-colors'))).toBe('light');
  });
});

describe('panel widths', () => {
  const limits = { min: 200, normal: 264, max: 480 };
  it('snap to the default, stay within limits and close far below the minimum', () => {
    expect(panelWidth(270, limits)).toBe(264);
    expect(panelWidth(300.4, limits)).toBe(300);
    expect(panelWidth(900, limits)).toBe(480);
    expect(panelWidth(180, limits)).toBe(200);
    expect(panelWidth(120, limits)).toBeUndefined();
  });
});

describe('recent files', () => {
  const entry = (path: string, openedAt: number, pinned = false) => ({ path, title: path, openedAt, pinned });
  it('stand pinned first, then newest first, each once', () => {
    const list = [entry('a', 1, true), entry('b', 3), entry('c', 2)];
    expect(sortRecent(list).map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(withRecent(list, { path: 'c', title: 'C' }, 9).map(({ path }) => path)).toEqual(['a', 'c', 'b']);
    expect(withRecent(list, { path: 'a', title: 'A' }, 9)[0]).toEqual({ path: 'a', title: 'A', openedAt: 9, pinned: true });
  });

  it('are not kept for ever', () => {
    expect(sortRecent(Array.from({ length: 60 }, (_, index) => entry(String(index), index)))).toHaveLength(24);
  });
});

describe('opening', () => {
  const candidate = (format: string, score: number) => ({ format, label: format, score, reason: '' });
  it('is done at once where one reader is sure', () => {
    expect(decideOpen([candidate('a', 0.95), candidate('b', 0.2)])).toBe('open');
  });
  it('opens a file in the folder of a set as the set, without asking', async () => {
    const inside = fileURLToPath(new URL('../../fixtures/davis/images/B00002.im7', import.meta.url));
    const candidates = await probePath(inside);
    expect(candidates.slice(0, 2).map(({ format }) => format)).toEqual(['davis-set', 'davis-buffer']);
    expect(decideOpen(candidates)).toBe('open');
  });
  it('lets the reader say what is wrong with a file that is one of its own by the name alone', async () => {
    const broken = fileURLToPath(new URL('../../fixtures/npy/bad_magic.npy', import.meta.url));
    expect(decideOpen(await probePath(broken))).toBe('open');
    await expect(hostOpen(broken)).rejects.toMatchObject({ code: 'malformed' });
  });
  it('tells of what no reader knows in one short sentence', async () => {
    const error = await hostOpen(fileURLToPath(import.meta.url)).then(
      () => undefined,
      (reason: DataError) => reason,
    );
    expect(error?.code).toBe('unknown-format');
    expect(`${error?.message} ${error?.hint}`.length).toBeLessThan(300);
  });
  it('asks where no reader is sure or two are alike', () => {
    expect(decideOpen([candidate('a', 0.4)])).toBe('ask');
    expect(decideOpen([candidate('a', 0.1), candidate('b', 0.1)])).toBe('ask');
    expect(decideOpen([candidate('a', 0.9), candidate('b', 0.88)])).toBe('ask');
  });
  it('knows nothing where all say no', () => {
    expect(decideOpen([])).toBe('unknown');
    expect(decideOpen([candidate('a', 0)])).toBe('unknown');
  });
});

describe('project', () => {
  beforeEach(() => useProject.setState({ roots: [], listings: {}, expanded: [], failures: {}, filter: '' }));

  it('keeps each root once and forgets all of it on removal', () => {
    const { addRoot, setListing, setExpanded, removeRoot, setFailure } = useProject.getState();
    addRoot({ path: '/data/run', name: 'run', kind: 'folder' });
    addRoot({ path: '/data/run', name: 'run', kind: 'folder' });
    addRoot({ path: '/data/run2', name: 'run2', kind: 'folder' });
    setListing('/data/run/deep', { state: 'loading' });
    setListing('/data/run2', { state: 'loading' });
    setExpanded(['/data/run', '/data/run/deep', '/data/run2']);
    setFailure('/data/run/x.set', { code: 'io', message: 'no' });
    expect(useProject.getState().roots).toHaveLength(2);
    removeRoot('/data/run');
    const { roots, listings, expanded, failures } = useProject.getState();
    expect(roots.map(({ path }) => path)).toEqual(['/data/run2']);
    expect(Object.keys(listings)).toEqual(['/data/run2']);
    expect(expanded).toEqual(['/data/run2']);
    expect(failures).toEqual({});
  });

  it('compares and splits paths of both systems', () => {
    expect(isWithin('C:\\data\\run\\a.set', 'C:/data/run/')).toBe(true);
    expect(isWithin('/data/running', '/data/run')).toBe(false);
    expect(fileName('C:\\data\\a.set')).toBe('a.set');
    expect(fileName('/data/run/')).toBe('run');
    expect(folderOf('/data/run/a.set')).toBe('/data/run');
    expect(folderOf('a.set')).toBe('');
  });
});

describe('prefetch', () => {
  const none = () => false;
  it('looks ahead in the direction of travel and a little behind', () => {
    expect(prefetchPlan(10, 100, STANDING, none)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 9, 8]);
    expect(prefetchPlan(10, 100, { direction: -1, stride: 1 }, none).slice(0, 3)).toEqual([9, 8, 7]);
  });
  it('follows the stride and stays inside, without missing buffers', () => {
    expect(prefetchPlan(80, 100, { direction: 1, stride: 10 }, none)).toEqual([90, 70, 60, 81]);
    expect(prefetchPlan(0, 4, STANDING, (buffer) => buffer === 2)).toEqual([1, 3]);
  });
  it('learns the travel from moves; a wrap goes on, a long jump has no stride', () => {
    expect(travelOf(10, 20, 100, STANDING)).toEqual({ direction: 1, stride: 10 });
    expect(travelOf(20, 19, 100, STANDING)).toEqual({ direction: -1, stride: 1 });
    expect(travelOf(99, 0, 100, STANDING)).toEqual({ direction: 1, stride: 1 });
    expect(travelOf(0, 500, 1000, STANDING)).toEqual({ direction: 1, stride: 1 });
  });
});

describe('words about datasets', () => {
  it('count buffers, missing ones apart', () => {
    expect(datasetDetail(frameSet({ nav: 1 }))).toBe('1 buffer');
    expect(datasetDetail(frameSet({ nav: 0, children: [{ title: 'Cam1', path: '/a/Cam1.set', format: 'davis-set' }] }))).toBe('1 set');
    expect(
      datasetDetail(
        frameSet({
          nav: 1000,
          missing: [
            [3, 5],
            [10, 395],
          ],
        }),
        'Vectors 2D3C',
      ),
    ).toBe('Vectors 2D3C, 613 of 1,000 buffers');
  });
  it('say what a buffer holds', () => {
    const frame = { kind: 'vector', planes: 1, dimensions: 3 } as const;
    expect(bufferKind({ frames: [frame] } as never)).toBe('Vectors 2D3C');
    expect(
      bufferKind({
        frames: [
          { ...frame, kind: 'image' },
          { ...frame, kind: 'image' },
        ],
      } as never),
    ).toBe('Images, 2 frames');
    expect(bufferKind({ frames: [] } as never)).toBe('');
  });
  it('take time from an axis of time only', () => {
    const info = frameSet({ nav: 5 });
    expect(axisTime(info)).toBeUndefined();
    const timed = { ...info, nav: [{ name: 'time', size: 5, scale: { ...unitScale('ms'), slope: 20, offset: 100 } }] };
    expect(axisTime(timed)?.(2)).toBeCloseTo(0.14);
  });
});

describe('toasts', () => {
  it('are three at most, and an equal one is shown once', () => {
    const { add } = useToasts.getState();
    for (const message of ['a', 'b', 'a', 'c', 'd']) add('ok', message);
    expect(useToasts.getState().toasts.map(({ message }) => message)).toEqual(['a', 'c', 'd']);
  });
});

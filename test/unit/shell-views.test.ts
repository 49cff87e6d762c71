import { describe, expect, it } from 'vitest';
import { givenOptions } from '../../renderer/views/dialogs/open-options.ts';
import { sizeText } from '../../renderer/views/dialogs/size-text.ts';
import { expandedKeys, projectNodes, type TreeInput } from '../../renderer/views/project/tree-nodes.ts';
import { readOutOf, readOutText } from '../../renderer/views/status/read-out-text.ts';
import { stripTicks } from '../../renderer/views/timeline/strip-ticks.ts';
import { clockText, secondsText } from '../../renderer/views/timeline/time-text.ts';
import { openedText } from '../../renderer/views/welcome/opened-text.ts';
import type { DisplaySettings } from '../../renderer/stores/display-settings.ts';
import type { ViewState } from '../../renderer/stores/view-store.ts';
import { frameSet } from '../support/shell-facts.ts';

const opened = { id: 'd1', info: frameSet({ nav: 40, path: '/data/Wake.set', missing: [[3, 5]] }) };

function tree(change: Partial<TreeInput> = {}): TreeInput {
  const entries = [
    { name: 'deep', path: '/data/deep', kind: 'folder', size: 0 },
    { name: 'Wake.set', path: '/data/Wake.set', kind: 'dataset', format: 'davis-set', detail: 'DaVis set', size: 10 },
    { name: 'notes.txt', path: '/data/notes.txt', kind: 'file', size: 3 },
  ] as const;
  return {
    roots: [{ path: '/data', name: 'data', kind: 'folder' }],
    listings: { '/data': { state: 'ready', entries } },
    opened: {},
    origins: {},
    failures: {},
    filter: '',
    kinds: {},
    vectors: [],
    ...change,
  };
}

describe('project tree', () => {
  it('shows a folder as what it holds, other files last, unread folders as being read', () => {
    const [root] = projectNodes(tree());
    expect(root?.children?.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['folder deep', 'dataset Wake.set', 'file notes.txt']);
    expect(root?.children?.[0]?.children?.[0]?.kind).toBe('note');
  });

  it('says of an open dataset what it holds and how much is missing', () => {
    const node = projectNodes(tree({ opened: { d1: opened }, kinds: { d1: 'Vectors 2D3C' }, vectors: ['d1'] }))[0]?.children?.[1];
    expect(node).toMatchObject({ detail: 'Vectors 2D3C, 38 of 40 buffers', notices: 2, content: 'vectors' });
  });

  it('shows the members of an open dataset below it, and theirs once they are open, too', () => {
    const member = (title: string, path: string) => ({ title, path, format: 'davis-set' });
    const outer = {
      id: 'd1',
      info: frameSet({
        nav: 0,
        path: '/data/Wake.set',
        children: [member('Cam1', '/data/Wake/Cam1.set'), member('Cam2', '/data/Wake/Cam2.set')],
      }),
    };
    const inner = {
      id: 'd2',
      info: frameSet({ nav: 7, path: '/data/Wake/Cam2.set', children: [member('PIV', '/data/Wake/Cam2/PIV.set')] }),
    };
    const node = projectNodes(tree({ opened: { d1: outer, d2: inner } }))[0]?.children?.[1];
    expect(node?.children).toMatchObject([
      { key: '/data/Wake/Cam1.set', kind: 'dataset', name: 'Cam1', root: false },
      { key: '/data/Wake/Cam2.set', detail: '7 buffers', children: [{ key: '/data/Wake/Cam2/PIV.set', name: 'PIV' }] },
    ]);
    expect(node?.children?.[0]?.children).toBeUndefined();
  });

  it('shows the members of a file below it, each for itself', () => {
    const member = (name: string) => ({ title: name, path: '/data/Wake.set', format: 'hdf5', options: { ds_path: name } });
    const file = { id: 'd1', info: frameSet({ nav: 4, path: '/data/Wake.set', children: [member('/a'), member('/b')] }) };
    const second = { id: 'd2', info: frameSet({ nav: 9, path: '/data/Wake.set' }) };
    const origins = { d1: { path: '/data/Wake.set' }, d2: { path: '/data/Wake.set', format: 'hdf5', options: { ds_path: '/b' } } };
    const node = projectNodes(tree({ opened: { d2: second, d1: file }, origins }))[0]?.children?.[1];
    expect(node).toMatchObject({ key: '/data/Wake.set', ids: ['d1'], detail: '4 buffers' });
    expect(node?.children?.map(({ name, ids, path }) => [name, ids, path])).toEqual([
      ['/a', undefined, '/data/Wake.set'],
      ['/b', ['d2'], '/data/Wake.set'],
    ]);
    expect(new Set([node, ...(node?.children ?? [])].map((each) => each?.key)).size).toBe(3);
    const alone = { id: 'd1', info: frameSet({ nav: 4, path: '/data/Wake.set', children: [member('/a')] }) };
    expect(projectNodes(tree({ opened: { d1: alone }, origins }))[0]?.children?.[1]?.children).toBeUndefined();
  });

  it('keeps the one row of a set that is open in two ways', () => {
    const ways = { d1: opened, d2: { ...opened, id: 'd2' } };
    const origins = { d2: { path: '/data/Wake.set', options: { bin: '8,8,8' } } };
    expect(projectNodes(tree({ opened: ways, origins }))[0]?.children?.[1]?.ids).toEqual(['d1', 'd2']);
  });

  it('counts files that no reader knows where there are many', () => {
    const files = Array.from({ length: 30 }, (_, index) => ({
      name: `${index}.txt`,
      path: `/data/${index}.txt`,
      kind: 'file' as const,
      size: 1,
    }));
    const [root] = projectNodes(tree({ listings: { '/data': { state: 'ready', entries: files } } }));
    expect(root?.children).toMatchObject([{ kind: 'note', name: '30 other files' }]);
  });

  it('tells a folder that cannot be read in its place', () => {
    const [root] = projectNodes(
      tree({ listings: { '/data': { state: 'failed', error: { code: 'access-denied', message: '/data may not be read.' } } } }),
    );
    expect(root?.children).toMatchObject([{ kind: 'note', name: '/data may not be read.' }]);
  });

  it('filters to matches and the folders above them, which are shown open', () => {
    const nodes = projectNodes(tree({ filter: 'wake' }));
    expect(nodes[0]?.children?.map(({ name }) => name)).toEqual(['Wake.set']);
    expect(expandedKeys(nodes, [], 'wake')).toEqual(['/data']);
    expect(expandedKeys(nodes, ['/x'], '')).toEqual(['/x']);
    expect(projectNodes(tree({ filter: 'nothing' }))).toEqual([]);
  });
});

describe('time line', () => {
  it('has round ticks by number, first to last', () => {
    const ticks = stripTicks(1000, 1, undefined, 1000);
    expect(ticks.map(({ label }) => label)).toEqual(['100', '200', '300', '400', '500', '600', '700', '800', '900', '1,000']);
    expect(ticks.at(-1)?.share).toBe(1);
    expect(stripTicks(3, 0, undefined, 1000).map(({ label }) => label)).toEqual(['0', '1', '2']);
    expect(stripTicks(1, 0, undefined, 1000)).toEqual([]);
  });

  it('has ticks by time where time runs evenly', () => {
    const ticks = stripTicks(501, 1, (buffer) => buffer * 0.001, 500);
    expect(ticks.map(({ label }) => label)).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4', '0.5']);
    expect(ticks.map(({ unit }) => unit)).toEqual(['s', undefined, undefined, undefined, undefined, undefined]);
    expect(stripTicks(11, 0, (buffer) => buffer ** 2, 900)[1]?.label).toBe('1');
  });

  it('groups decimals of times by three', () => {
    expect(secondsText(0.206)).toBe('0.206\u2009000');
    expect(secondsText(-1234.5)).toBe('\u22121,234.500\u2009000');
    expect(clockText({ _Date: '12.03.2026', _Time: '10:41:07' })).toBe('12.03.2026 10:41:07');
    expect(clockText({})).toBeUndefined();
  });
});

describe('read-out', () => {
  const view = {
    id: 'v',
    dataset: 'd1',
    place: { buffer: 0, frame: 0, plane: 0 },
    zoom: { mode: 'fit' },
    bufferWarnings: [],
    bufferInfo: {
      index: 0,
      state: 'present',
      name: '',
      attributes: {},
      frames: [
        {
          kind: 'vector',
          shape: [2, 2],
          planes: 1,
          grid: [16, 16, 1],
          choices: 1,
          dimensions: 2,
          components: [],
          attributes: {},
          scales: {
            x: { slope: 0.1, offset: 0, unit: 'mm', description: '' },
            y: { slope: -0.1, offset: 0, unit: 'mm', description: '' },
            z: { slope: 1, offset: 0, unit: '', description: '' },
            i: { slope: 1, offset: 0, unit: 'm/s', description: '' },
          },
        },
      ],
    },
    readOut: {
      x: 1,
      y: 2,
      positionX: 1.6,
      positionY: -3.2,
      pinned: false,
      state: 'masked',
      values: [
        { component: 'u', raw: '', scaled: 1.5, unit: 'm/s' },
        { component: 'U0', raw: '3', scaled: 1.5, unit: 'm/s' },
      ],
    },
  } as const satisfies ViewState;

  it('names position with unit, index, values scaled and raw, and validity', () => {
    expect(readOutOf(view)).toEqual({
      position: 'x 1.6  y \u22123.2 mm',
      index: '1, 2',
      state: 'masked',
      pinned: false,
      values: [
        { name: 'u', scaled: '1.5', unit: 'm/s' },
        { name: 'U0', scaled: '1.5', unit: 'm/s', raw: '3' },
      ],
    });
    expect(readOutText(view)).toBe('x 1.6  y \u22123.2 mm; index 1, 2; u 1.5 m/s; U0 1.5 m/s (raw 3); masked');
  });

  it.each([
    ['23,654.5', '47315', 23_654.5, '47315'],
    ['1,234,567,890,123,457', '1234567890123457', 1_234_567_890_123_457, undefined],
    ['0.1234567890123', '0.1234567890123', 0.1234567890123, undefined],
    ['1,000,000.3358454568', '1000000.3358454568', 1_000_000.3358454568, undefined],
    ['0.1', '0.1', Math.fround(0.1), undefined],
    ['1.7072219e30', '1.7072219e+30', Math.fround(1.7072219e30), undefined],
    ['\u22121.707222e30', '-8.5361095e+29', -1.7072219e30, '\u22128.5361095e29'],
    ['\u22122.5', '-2.5', -2.5, undefined],
    ['NaN', 'NaN', Number.NaN, undefined],
  ])('shows %s, and the stored %s where that says more', (scaled, raw, value, shownRaw) => {
    const [shown] =
      readOutOf({ ...view, readOut: { ...view.readOut, values: [{ component: 'PIXEL', raw, scaled: value, unit: '' }] } })?.values ?? [];
    expect([shown?.scaled, shown?.raw]).toEqual([scaled, shownRaw]);
  });

  it('puts what the picture shows first, then the vector, and flags last', () => {
    const component = (name: string, role: 'choice' | 'scalar' | 'velocity') =>
      ({ name, role, dtype: 'f4', planes: 1, scale: { slope: 1, offset: 0, unit: '', description: '' }, stored: true }) as const;
    const [frame] = view.bufferInfo.frames;
    const values = ['u', 'v', 'speed', 'ACTIVE_CHOICE', 'U0', 'TS:Peak ratio', 'TS:Vort'].map((name) => ({
      component: name,
      raw: '',
      scaled: 1,
      unit: '',
    }));
    const shown = readOutOf({
      ...view,
      readOut: { ...view.readOut, values },
      bufferInfo: {
        ...view.bufferInfo,
        frames: [
          {
            ...frame,
            components: [
              component('ACTIVE_CHOICE', 'choice'),
              component('U0', 'velocity'),
              component('TS:Peak ratio', 'scalar'),
              component('TS:Vort', 'scalar'),
            ],
          },
        ],
      },
      display: { background: { component: 'TS:Vort' }, arrows: { colorBy: 'speed' } } as unknown as DisplaySettings,
    });
    expect(shown?.values.map(({ name }) => name).slice(1)).toEqual(['|v|', 'u', 'v', expect.any(String), 'U0', 'ACTIVE_CHOICE']);
    expect(shown?.values[0]?.name).not.toBe('|v|');
  });

  it('is empty outside of the picture', () => {
    const { readOut: _gone, ...outside } = view;
    expect(readOutOf(outside)).toBeUndefined();
    expect(readOutText(undefined)).toBe('');
  });
});

describe('small texts', () => {
  it('write sizes with three digits', () => {
    expect([840, 7_600_000, 12_400_000_000, 999_999].map(sizeText)).toEqual(['840 B', '7.6 MB', '12.4 GB', '1.0 MB']);
  });

  it('say when something was opened', () => {
    const now = new Date(2026, 2, 12, 10, 0).getTime();
    expect(openedText(new Date(2026, 2, 12, 9, 5).getTime(), now)).toBe('today 09:05');
    expect(openedText(new Date(2026, 2, 11, 23, 59).getTime(), now)).toBe('yesterday');
    expect(openedText(new Date(2026, 0, 3).getTime(), now)).toBe('3 Jan');
    expect(openedText(new Date(2024, 10, 17).getTime(), now)).toBe('17 Nov 2024');
  });

  it('send only the options that were filled in', () => {
    const option = (name: string, type: 'shape' | 'boolean') => ({ name, type, label: name, help: '' });
    expect(
      givenOptions([option('nav_shape', 'shape'), option('sig_shape', 'shape'), option('flip', 'boolean')], {
        nav_shape: ' 4, 5 ',
        sig_shape: ' ',
        flip: 'false',
      }),
    ).toEqual({ nav_shape: '4, 5', flip: false });
  });
});

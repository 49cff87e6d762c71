import { beforeEach, describe, expect, it } from 'vitest';
import {
  draftCount,
  draftRange,
  exportCommand,
  exportRequest,
  extensionFor,
  proposedTarget,
  withExtension,
  type ExportDraft,
} from '../../renderer/stores/export-request.ts';
import { jobPace, runningJobs, useJobs } from '../../renderer/stores/job-store.ts';
import { durationText } from '../../renderer/views/status/duration-text.ts';
import type { JobState, WriterDescription } from '../../shared/contract/conversions.ts';

const draft: ExportDraft = { writer: 'npz', buffers: 'all', from: 2, to: 8, step: 1, options: {} };
const npz: WriterDescription = {
  id: 'npz',
  label: 'NumPy archive',
  extensions: ['npz'],
  options: [{ name: 'layout', type: 'choice', label: '', help: '', choices: ['stack'] }],
};
const davis: WriterDescription = { id: 'davis-buffer', label: 'DaVis buffer', extensions: ['im7', 'vc7'], options: [] };
const source = { title: 'PIV 32x32, 75 %', path: '/data/PIV 32x32, 75 %.set', vectors: true, firstNumber: 1, folder: '' };

describe('export', () => {
  it('takes this buffer, a range with its last one, or all', () => {
    expect(draftRange(draft, 5)).toBeUndefined();
    expect(draftRange({ ...draft, buffers: 'this' }, 5)).toBe('5:6');
    expect(draftRange({ ...draft, buffers: 'range' }, 5)).toBe('2:9');
    expect(draftRange({ ...draft, buffers: 'range', step: 3 }, 5)).toBe('2:9:3');
    expect(
      [draft, { ...draft, buffers: 'this' as const }, { ...draft, buffers: 'range' as const, step: 3 }].map((one) => draftCount(one, 40)),
    ).toEqual([40, 1, 3]);
  });

  it('proposes a name beside the source that is never the source itself', () => {
    expect(proposedTarget(draft, 4, npz, source)).toBe('/data/PIV 32x32, 75 %.npz');
    expect(proposedTarget({ ...draft, buffers: 'this' }, 4, davis, source)).toBe('/data/PIV 32x32, 75 % 5.vc7');
    expect(proposedTarget({ ...draft, buffers: 'range' }, 4, npz, source)).toBe('/data/PIV 32x32, 75 % 3-9.npz');
    expect(proposedTarget(draft, 4, { ...npz, extensions: ['set'] }, source)).toBe('/data/PIV 32x32, 75 % copy.set');
    expect(proposedTarget(draft, 4, npz, { ...source, title: 'a/b: c.npy', path: 'C:\\x\\y.npy' })).toBe('C:\\x\\a_b_ c.npz');
    expect(proposedTarget(draft, 4, npz, { ...source, path: '', folder: '/data' })).toBe('/data/PIV 32x32, 75 %.npz');
  });

  it('changes the extension of a typed name with the format, and only that', () => {
    expect(withExtension('/x/mine.npz', npz, extensionFor(davis, false))).toBe('/x/mine.im7');
    expect(withExtension('/x/mine.data', npz, '.im7')).toBe('/x/mine.data');
  });

  it('is the same as a command line', () => {
    const request = exportRequest({ ...draft, buffers: 'range', options: { layout: 'stack' } }, 0, '/out/a b.npz', npz.options, 'd1');
    expect(request).toEqual({ dataset: 'd1', writer: 'npz', target: '/out/a b.npz', range: '2:9', options: { layout: 'stack' } });
    expect(exportCommand(request, '/data/PIV $1.set')).toBe(
      'streakline convert "/data/PIV \\$1.set" "/out/a b.npz" --to npz --range 2:9 -w layout=stack',
    );
  });
});

describe('jobs', () => {
  const job: JobState = {
    id: 'j1',
    title: 'Wake',
    request: { dataset: 'd1', writer: 'npz', target: '/x.npz' },
    state: 'running',
    done: 0,
    total: 40,
  };
  beforeEach(() => useJobs.setState({ jobs: {} }));

  it('are kept by id, and what has ended stays ended', () => {
    const { set } = useJobs.getState();
    set({ ...job, done: 12 });
    expect(runningJobs(useJobs.getState().jobs)).toMatchObject([{ id: 'j1', done: 12 }]);
    set({ ...job, state: 'done', done: 40 });
    set({ ...job, done: 0 });
    expect(useJobs.getState().jobs['j1']).toMatchObject({ state: 'done', done: 40 });
  });

  it('fail with the host, and follow their datasets to the new one', () => {
    const { set, lose, moveOver } = useJobs.getState();
    set(job);
    set({ ...job, id: 'j2', state: 'done', request: { ...job.request, dataset: 'd2' } });
    lose({ code: 'closed', message: 'gone' });
    moveOver(new Map([['d1', 'd7']]));
    set({ ...job, id: 'j1', title: 'new' });
    const all = Object.values(useJobs.getState().jobs);
    expect(all.map(({ state }) => state).sort()).toEqual(['done', 'failed', 'running']);
    expect(all.find(({ state }) => state === 'failed')).toMatchObject({ error: { message: 'gone' }, request: { dataset: 'd7' } });
    expect(all.find(({ state }) => state === 'done')?.request.dataset).toBe('');
  });

  it('tell how fast they are once that is known', () => {
    const known = { ...job, since: 1000 };
    expect(jobPace(known, 9000)).toBeUndefined();
    expect(jobPace({ ...known, done: 10 }, 6000)).toEqual({ rate: 2, left: 15 });
    expect([0.2, 8.4, 99, 130, 5500].map(durationText)).toEqual(['1 s', '8 s', '99 s', '2 min', '1.5 h']);
  });
});

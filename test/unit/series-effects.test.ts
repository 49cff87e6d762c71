import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tablePayload } from '../../shared/contract/table-payload.ts';
import type { Events, Transport } from '../../shared/contract/methods.ts';
import { timesInfo, timeTable } from '../../shared/compute/time-table.ts';
import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { axisTime, acquisitionTime } from '../../renderer/stores/acquisition-times.ts';
import { useDatasets } from '../../renderer/stores/dataset-store.ts';
import { useFollow } from '../../renderer/stores/follow-store.ts';
import { heedGrowth, toggleFollow } from '../../renderer/stores/growth-effects.ts';
import { showsTimes, toggleTimes } from '../../renderer/stores/time-axis-effects.ts';
import { useToasts } from '../../renderer/stores/toast-store.ts';
import { useViews } from '../../renderer/stores/view-store.ts';
import { frameSet } from '../support/shell-facts.ts';

const host = vi.hoisted(() => ({ call: vi.fn(), tried: [] as string[] }));
vi.mock('../../renderer/client/connection.ts', () => ({
  connection: async () => ({ call: host.call, on: () => () => undefined }),
  onConnected: () => undefined,
}));
vi.mock('../../renderer/draw-worker/draw-client.ts', () => ({ tryAgain: (view: string) => host.tried.push(view) }));

const set = (nav: number): FrameDatasetInfo => frameSet({ nav, tables: [timesInfo(nav)], mayGrow: true });
let grow: (change: Partial<Events['changed']> & { info: FrameDatasetInfo }) => void = () => undefined;

beforeEach(() => {
  host.call.mockReset();
  host.tried.length = 0;
  useDatasets.setState({ opened: { d1: { id: 'd1', info: set(5) } } });
  useFollow.setState({ following: [] });
  useViews.setState({ views: {}, active: undefined });
  useViews.getState().add({ id: 'v', dataset: 'd1', place: { buffer: 2, frame: 0, plane: 0 }, zoom: { mode: 'fit' }, bufferWarnings: [] });
  heedGrowth({
    on: (_event: string, listener: (change: Events['changed']) => void) => {
      grow = (change) => listener({ dataset: 'd1', rewritten: [], ...change });
    },
  } as unknown as Transport);
});

const buffer = (): number | undefined => useViews.getState().views['v']?.place.buffer;
const info = (): FrameDatasetInfo => useDatasets.getState().opened['d1']?.info as FrameDatasetInfo;

describe('a set that grows', () => {
  it('lengthens the time line and leaves the view where it is', () => {
    grow({ info: set(7) });
    expect([info().nav[0]?.size, buffer(), host.tried]).toEqual([7, 2, []]);
  });

  it('is followed while the view stays at the end', () => {
    toggleFollow('d1');
    expect(buffer()).toBe(4);
    grow({ info: set(7) });
    expect(buffer()).toBe(6);
    useViews.getState().patch('v', { place: { buffer: 3, frame: 0, plane: 0 } });
    grow({ info: set(8) });
    expect([buffer(), useFollow.getState().following]).toEqual([3, []]);
    toggleFollow('d1');
    toggleFollow('d1');
    grow({ info: set(9) });
    expect(buffer()).toBe(7);
  });

  it('is looked at while it is followed, for drives that tell nothing', async () => {
    host.call.mockResolvedValue({ meta: { changed: false } });
    toggleFollow('d1');
    await vi.waitFor(() => expect(host.call).toHaveBeenCalledWith('refresh', { dataset: 'd1' }));
    toggleFollow('d1');
  });

  it('shows a buffer again that was written again or had failed', () => {
    grow({ info: set(5), rewritten: [1] });
    expect(host.tried).toEqual([]);
    grow({ info: set(5), rewritten: [2] });
    expect(host.tried).toEqual(['v']);
    useViews.getState().patch('v', { error: { code: 'truncated', message: 'cut' } });
    grow({ info: set(6) });
    expect(host.tried).toEqual(['v', 'v']);
  });

  it('takes the view along when it became shorter', () => {
    grow({ info: set(1) });
    expect(buffer()).toBe(0);
  });

  it('that is closed is left alone', () => {
    useDatasets.getState().remove('d1');
    grow({ info: set(9) });
    expect(useDatasets.getState().opened).toEqual({});
  });
});

describe('times on the time line', () => {
  const answer = (from: number, ...seconds: readonly (number | undefined)[]) =>
    tablePayload(
      timeTable(
        from,
        seconds.map((value) => (value === undefined ? undefined : { seconds: value, source: 'AcqTimeSeries' })),
      ),
    );

  it('come on request and go again', async () => {
    host.call.mockResolvedValue(answer(0, 1, 1.5, undefined, 2.5, 3));
    await toggleTimes('d1');
    expect(host.call.mock.calls[0]?.slice(0, 2)).toEqual(['table', { dataset: 'd1', name: 'times', from: 0 }]);
    expect(info().nav).toEqual([
      { name: 'time', size: 5, scale: { slope: 1, offset: 0, unit: 's', description: '' }, values: [1, 1.5, Number.NaN, 2.5, 3] },
    ]);
    expect(axisTime(info())?.(3)).toBe(2.5);
    expect([await acquisitionTime('d1', 1), await acquisitionTime('d1', 2)]).toEqual([1.5, undefined]);
    await toggleTimes('d1');
    expect(info().nav).toEqual(set(5).nav);
  });

  it('of new buffers only are read when the set grows', async () => {
    host.call.mockResolvedValueOnce(answer(0, 0, 1, 2, 3, 4)).mockResolvedValueOnce(answer(5, 5, 6));
    await toggleTimes('d1');
    grow({ info: set(7) });
    expect(showsTimes(info())).toBe(false);
    await vi.waitFor(() => expect(info().nav[0]?.values).toEqual([0, 1, 2, 3, 4, 5, 6]));
    expect(host.call.mock.calls[1]?.[1]).toEqual({ dataset: 'd1', name: 'times', from: 5 });
    await toggleTimes('d1');
    expect(info().nav[0]).toEqual(set(7).nav[0]);
  });

  it('that are not stored are told', async () => {
    host.call.mockResolvedValue(answer(0, undefined, undefined, undefined, undefined, undefined));
    await toggleTimes('d1');
    expect(showsTimes(info())).toBe(false);
    expect(useToasts.getState().toasts.at(-1)?.message).toBe('No acquisition times are stored.');
  });

  it('can be stopped while they are read', async () => {
    host.call.mockImplementation(
      (_method, _params, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    const first = toggleTimes('d1');
    await vi.waitFor(() => expect(host.call).toHaveBeenCalled());
    await toggleTimes('d1');
    await first;
    expect(showsTimes(info())).toBe(false);
  });
});

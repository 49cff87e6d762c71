import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transport } from '../../shared/contract/methods.ts';
import { frameSet } from '../support/shell-facts.ts';

const calls: string[] = [];
let answers = 0;

vi.mock('../../renderer/client/connection.ts', () => ({
  onConnected: () => () => undefined,
  connection: async (): Promise<Pick<Transport, 'call'>> => ({
    call: async (method, params) => {
      calls.push(method);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const path = (params as { path: string }).path;
      const meta =
        method === 'probe'
          ? { path, candidates: [{ format: 'davis-set', label: 'DaVis set', score: 0.95, reason: '' }] }
          : { id: `d${(answers += 1)}`, info: frameSet({ nav: 4, path }) };
      return { meta, arrays: [] } as never;
    },
  }),
}));

const { openPath } = await import('../../renderer/stores/open-effects.ts');
const { useViews } = await import('../../renderer/stores/view-store.ts');

describe('opening', () => {
  beforeEach(() => {
    calls.length = 0;
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  });

  it('opens once what is asked for twice, also while it is under way', async () => {
    await Promise.all([openPath('/data/Wake.set'), openPath('/data/Wake.set')]);
    await openPath('/data/Wake.set');
    expect(calls).toEqual(['probe', 'open']);
    expect(Object.keys(useViews.getState().views)).toHaveLength(1);
    await Promise.all([openPath('/data/A.set'), openPath('/data/B.set')]);
    expect(Object.keys(useViews.getState().views)).toHaveLength(3);
  });
});

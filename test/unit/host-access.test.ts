import { expect, test } from 'vitest';
import { hostAccess } from '../../renderer/draw-worker/host-access.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import type { PlanesRequest } from '../../shared/contract/planes.ts';

const WINDOW = { x: 0, y: 0, width: 3, height: 2, step: 1 };

test('states that did not travel, since all are 0, are there for who draws', async () => {
  const asked: PlanesRequest[] = [];
  const transport = {
    call: async (_: string, params: PlanesRequest) => {
      asked.push(params);
      const arrays = params.fields.map(({ component }) => ({
        dtype: 'u1',
        data: component === 'state' ? new Uint8Array(0) : Uint8Array.of(1, 2, 3, 4, 5, 6),
      }));
      return { meta: { window: WINDOW, width: 3, height: 2 }, arrays };
    },
  } as unknown as Transport;
  const requests = [
    { component: 'PIXEL', mode: 'raw' },
    { component: 'state', mode: 'raw' },
  ] as const;
  const { fields } = await hostAccess(transport).fields(
    'd1',
    { buffer: 0, frame: 0, plane: 0 },
    { window: WINDOW, requests },
    new AbortController().signal,
  );
  expect(asked[0]?.fields).toEqual([requests[0], { ...requests[1], brief: true }]);
  expect([...fields.values()]).toEqual([Uint8Array.of(1, 2, 3, 4, 5, 6), new Uint8Array(6)]);
});

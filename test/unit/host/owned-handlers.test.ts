import { expect, test } from 'vitest';
import { ownedHandlers } from '../../../main/host/owned-handlers.ts';
import { createSession } from '../../../main/host/session.ts';
import { npyBytes } from '../../support/npy-bytes.ts';

const call = () => ({
  signal: new AbortController().signal,
  arrays: [{ dtype: 'u1' as const, data: npyBytes('u1', [1, 2, 2], new Uint8Array(4)) }],
});

test('a client that goes takes its own datasets with it, also the one that is just being opened', async () => {
  const session = createSession({ inThread: true });
  const [first, second] = [ownedHandlers(session.handlers), ownedHandlers(session.handlers)];
  await first.handlers.openBytes({ names: ['a.npy'] }, call());
  const closed = await first.handlers.openBytes({ names: ['b.npy'] }, call());
  await first.handlers.close({ dataset: closed.meta.id }, call());
  const { meta: others } = await second.handlers.openBytes({ names: ['c.npy'] }, call());
  const opening = first.handlers.openBytes({ names: ['d.npy'] }, call());
  first.release();
  await opening;
  await expect
    .poll(async () => (await session.handlers.usage({}, call())).meta.datasets.map(({ dataset }) => dataset))
    .toEqual([others.id]);
  await session.close();
});

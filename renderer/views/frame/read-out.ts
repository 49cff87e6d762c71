import { connection } from '../../client/connection.ts';
import { useViews } from '../../stores/view-store.ts';
import { uncut } from '../../../shared/model/cut.ts';
import { positionAt } from '../../../shared/model/scale.ts';
import { shownFrame } from './view-look.ts';

interface Question {
  readonly x: number;
  readonly y: number;
  readonly pinned: boolean;
}

/** Views with a question on its way, and the newest wish behind it; 'nothing' = the cursor has left. */
const asking = new Map<string, Question | 'nothing' | undefined>();

/** Asks for the values at a sample of the shown frame; one question at a time, then the newest. */
export function askReadOut(viewId: string, question: Question): void {
  const busy = asking.has(viewId);
  asking.set(viewId, question);
  if (!busy) void answerAll(viewId);
}

/** Takes the read-out away, unless it is pinned. */
export function clearReadOut(viewId: string): void {
  if (useViews.getState().views[viewId]?.readOut?.pinned) return;
  if (asking.has(viewId)) asking.set(viewId, 'nothing');
  useViews.getState().patch(viewId, { readOut: undefined });
}

/** Asks again for the sample that is shown: the picture has changed. */
export function refreshReadOut(viewId: string): void {
  const { readOut } = useViews.getState().views[viewId] ?? {};
  if (readOut) askReadOut(viewId, readOut);
}

async function answerAll(viewId: string): Promise<void> {
  for (let question = asking.get(viewId); question && question !== 'nothing'; question = asking.get(viewId)) {
    asking.set(viewId, undefined);
    try {
      await answer(viewId, question);
    } catch {
      // The picture itself tells what is wrong with its data; a read-out that cannot be had is none.
      useViews.getState().patch(viewId, { readOut: undefined });
    }
  }
  asking.delete(viewId);
}

async function answer(viewId: string, { x, y, pinned }: Question): Promise<void> {
  const view = useViews.getState().views[viewId];
  const frame = shownFrame(view);
  if (!view?.shown || !frame || x >= frame.shape[1] || y >= frame.shape[0])
    return useViews.getState().patch(viewId, { readOut: undefined });
  const { dataset, shown } = view;
  const { buffer, frame: frameIndex, plane, cut } = shown.place;
  const at = uncut(cut, x, y, plane);
  const { meta } = await (await connection()).call('sample', { dataset, buffer, frame: frameIndex, plane: at.z, x: at.x, y: at.y });
  if (asking.get(viewId) === 'nothing') return;
  const positionX = positionAt(frame.scales.x, frame.grid[0], x);
  const positionY = positionAt(frame.scales.y, frame.grid[1], y);
  useViews.getState().patch(viewId, { readOut: { ...meta, x, y, positionX, positionY, pinned } });
}

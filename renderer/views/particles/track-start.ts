import { connection } from '../../client/connection.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { goToStep } from './particle-commands.ts';

/** Goes to the first step of the selected track. */
export async function goToTrackStart({ id, dataset, particles }: ViewState): Promise<void> {
  const track = particles?.selectedTrack;
  if (track === undefined) return;
  const { arrays } = await (await connection()).call('trackTable', { dataset, from: track, to: track + 1 });
  const [step, pulse] = arrays.map(({ data }) => Number(data[0] ?? 0));
  goToStep(id, step ?? 0, pulse ?? 0);
}

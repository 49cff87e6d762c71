import { tableOf } from '../../shared/contract/table-payload.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { toErrorRecord } from '../../shared/model/data-error.ts';
import type { Axis, DatasetInfo, FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { unitScale } from '../../shared/model/scale.ts';
import { connection } from '../client/connection.ts';
import { seriesText } from '../strings/series-text.ts';
import { useDatasets } from './dataset-store.ts';
import { toast, useToasts } from './toast-store.ts';
import { useUi } from './ui-store.ts';

/** The name that the axis has while it counts seconds. */
const TIME_AXIS = 'time';

/** Navigation axes as the dataset came with them. */
const plainAxes = new Map<DatasetId, readonly Axis[]>();
const reading = new Map<DatasetId, AbortController>();

/** True where a dataset has a table of times, so that its axis can show them. */
export function hasTimes(info: DatasetInfo | undefined): info is FrameDatasetInfo {
  return info?.kind === 'frames' && info.nav.length === 1 && info.tables.some(({ name }) => name === 'times');
}

export function showsTimes(info: DatasetInfo | undefined): boolean {
  return hasTimes(info) && info.nav[0]?.name === TIME_AXIS;
}

/** Reads the times of all buffers and shows them on the time line, or goes back to numbers; a reading under way is stopped. */
export async function toggleTimes(dataset: DatasetId): Promise<void> {
  const info = useDatasets.getState().opened[dataset]?.info;
  const under = reading.get(dataset);
  if (under) under.abort();
  else if (hasTimes(info) && showsTimes(info)) showNumbers(dataset, info);
  else if (hasTimes(info)) await readTimes(dataset, info, []);
}

function showNumbers(dataset: DatasetId, info: FrameDatasetInfo): void {
  useDatasets.getState().setInfo(dataset, { ...info, nav: plainAxes.get(dataset) ?? info.nav });
  plainAxes.delete(dataset);
}

/** `known` are the times of the first buffers. */
async function readTimes(dataset: DatasetId, info: FrameDatasetInfo, known: readonly number[]): Promise<void> {
  const control = new AbortController();
  reading.set(dataset, control);
  const transport = await connection();
  const note = progressNote();
  const silent = transport.on('tableProgress', (progress) => {
    if (progress.dataset === dataset) note.say(seriesText.readingTimes(progress.done, progress.total));
  });
  try {
    const table = tableOf(await transport.call('table', { dataset, name: 'times', from: known.length }, { signal: control.signal }));
    const seconds = table.columns.find(({ name }) => name === 'time')?.values ?? [];
    showTimes(dataset, info, [...known, ...Array.from(seconds, Number)]);
  } catch (error) {
    if (!control.signal.aborted && useDatasets.getState().opened[dataset])
      useUi.getState().show({ kind: 'error', title: seriesText.noTimes, error: toErrorRecord(error) });
  } finally {
    silent();
    note.end();
    reading.delete(dataset);
  }
}

/** What takes longer than this is told while it lasts. */
const NOTICEABLE_MILLISECONDS = 500;

/** One message that changes, and goes at the end. */
function progressNote(): { say(words: string): void; end(): void } {
  const began = performance.now();
  let shown: number | undefined;
  const end = (): void => {
    if (shown !== undefined) useToasts.getState().dismiss(shown);
    shown = undefined;
  };
  const say = (words: string): void => {
    if (performance.now() - began < NOTICEABLE_MILLISECONDS) return;
    end();
    toast(words);
    shown = useToasts.getState().toasts.at(-1)?.id;
  };
  return { say, end };
}

function showTimes(dataset: DatasetId, asked: FrameDatasetInfo, values: readonly number[]): void {
  if (!values.some(Number.isFinite)) {
    toast(seriesText.noTimes, 'warn');
    return;
  }
  const info = useDatasets.getState().opened[dataset]?.info;
  if (!hasTimes(info)) return;
  if (!plainAxes.has(dataset)) plainAxes.set(dataset, asked.nav);
  const size = info.nav[0]?.size ?? 0;
  if (size > values.length) void readTimes(dataset, info, values);
  else
    useDatasets
      .getState()
      .setInfo(dataset, { ...info, nav: [{ name: TIME_AXIS, size, scale: unitScale('s'), values: values.slice(0, size) }] });
}

/** The facts of a dataset that has grown. Where its axis shows times, those of the new buffers are read; until then it shows numbers. */
export function keepTimes(dataset: DatasetId, before: DatasetInfo, now: DatasetInfo): DatasetInfo {
  if (!hasTimes(before) || !showsTimes(before) || !hasTimes(now)) return now;
  plainAxes.set(dataset, now.nav);
  const known = before.nav[0]?.values ?? [];
  const size = now.nav[0]?.size ?? 0;
  if (size > known.length) void readTimes(dataset, now, known);
  return size > known.length ? now : { ...now, nav: [{ name: TIME_AXIS, size, scale: unitScale('s'), values: known.slice(0, size) }] };
}

useDatasets.subscribe(({ opened }) => {
  for (const id of plainAxes.keys()) if (!opened[id]) plainAxes.delete(id);
  for (const [id, control] of reading) if (!opened[id]) control.abort();
});

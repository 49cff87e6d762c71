import type { ConvertRequest, JobState } from '../../shared/contract/conversions.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import { abortedError, fromErrorRecord, toErrorRecord } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';
import { exportText } from '../strings/export-text.ts';
import { text } from '../strings/en.ts';
import { useDatasets } from './dataset-store.ts';
import { useJobs } from './job-store.ts';
import { fileName } from './project-store.ts';
import { toast } from './toast-store.ts';
import { useUi } from './ui-store.ts';

/** Follows the jobs of a host: those that are there already, and what is told of them. */
export function followJobs(transport: Transport): void {
  transport.on('job', take);
  transport.call('jobs', {}).then(
    ({ meta }) =>
      meta.jobs.forEach((job) => {
        useJobs.getState().set(job);
      }),
    () => undefined,
  );
}

/** Starts an export; throws what stands in its way, so that the dialog can say it. */
export async function startExport(request: ConvertRequest): Promise<void> {
  const { meta } = await (await connection()).call('convert', { ...request, resume: true });
  useJobs.getState().set(meta);
}

export async function cancelJob(id: string): Promise<void> {
  await (await connection()).call('cancelJob', { job: id }).catch(() => undefined);
}

/** Starts a job that failed or was cancelled once more; it goes on with what was written, where the format keeps that. */
export async function repeatJob({ id, request }: JobState, change: Partial<ConvertRequest> = {}): Promise<void> {
  try {
    await startExport({ ...request, ...change });
    useJobs.getState().forget(id);
  } catch (error) {
    useUi.getState().show({ kind: 'error', title: exportText.failed(fileName(request.target)), error: toErrorRecord(error) });
  }
}

/** Targets of exports that nobody asked for by name: they are not told of. */
const silent = new Set<string>();

/** Exports to a temporary place and waits for the file; throws why there is none. */
export async function exportSilently(request: ConvertRequest): Promise<string> {
  silent.add(request.target);
  const { id } = (await (await connection()).call('convert', request)).meta;
  try {
    const { result, error } = await ended(id);
    if (result) return result.target;
    throw error ? fromErrorRecord(error) : abortedError();
  } finally {
    silent.delete(request.target);
    silentEnds.delete(id);
  }
}

const silentEnds = new Map<string, JobState>();
const waiting = new Map<string, (job: JobState) => void>();

function ended(id: string): Promise<JobState> {
  const known = silentEnds.get(id);
  return known
    ? Promise.resolve(known)
    : new Promise((resolve) => {
        waiting.set(id, resolve);
      });
}

function take(job: JobState): void {
  if (silent.has(job.request.target)) {
    if (job.state === 'running') return;
    silentEnds.set(job.id, job);
    waiting.get(job.id)?.(job);
    waiting.delete(job.id);
    return;
  }
  const before = useJobs.getState().jobs[job.id];
  useJobs.getState().set(job);
  if (before && before.state !== 'running') return;
  const name = fileName(job.request.target);
  if (job.state === 'done' && job.result) {
    const { buffers, losses } = job.result;
    toast(
      losses.length === 0
        ? exportText.done(writtenText(job, buffers), name)
        : exportText.doneWithLosses(writtenText(job, buffers), name, losses.length),
    );
  } else if (job.state === 'failed') toast(`${exportText.failed(name)} ${job.error?.message ?? ''}`, 'warn');
}

/** How much was written: buffers, or steps of particles. */
export function writtenText({ request }: JobState, count: number): string {
  return useDatasets.getState().opened[request.dataset]?.info.kind === 'particles' ? text.count.steps(count) : text.count.buffers(count);
}

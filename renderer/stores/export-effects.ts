import type { ConvertRequest, JobState, Transport } from '../../shared/contract/methods.ts';
import { toErrorRecord } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';
import { exportText } from '../strings/export-text.ts';
import { useJobs } from './job-store.ts';
import { fileName } from './project-store.ts';
import { toast } from './toast-store.ts';
import { useUi } from './ui-store.ts';

/** Follows the jobs of a host: those that are there already, and what is told of them. */
export function followJobs(transport: Transport): void {
  transport.on('job', take);
  transport.call('jobs', {}).then(({ meta }) => meta.jobs.forEach((job) => { useJobs.getState().set(job); }), () => undefined);
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

function take(job: JobState): void {
  const before = useJobs.getState().jobs[job.id];
  useJobs.getState().set(job);
  if (before && before.state !== 'running') return;
  const name = fileName(job.request.target);
  if (job.state === 'done' && job.result) {
    const { buffers, losses } = job.result;
    toast(losses.length === 0 ? exportText.done(buffers, name) : exportText.doneWithLosses(buffers, name, losses.length));
  } else if (job.state === 'failed') toast(`${exportText.failed(name)} ${job.error?.message ?? ''}`, 'warn');
}

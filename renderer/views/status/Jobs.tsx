import { Dialog as AriaDialog, DialogTrigger, Button as AriaButton, Popover } from 'react-aria-components';
import { desktop } from '../../client/desktop.ts';
import { cancelJob, repeatJob, writtenText } from '../../stores/export-effects.ts';
import { jobPace, runningJobs, useJobs, type KnownJob } from '../../stores/job-store.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { openPath } from '../../stores/open-effects.ts';
import { fileName } from '../../stores/project-store.ts';
import { cancelWork, useWork, type BufferWork } from '../../stores/work-store.ts';
import { exportText as words } from '../../strings/export-text.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { valueText } from '../../../shared/draw/number-text.ts';
import { durationText } from './duration-text.ts';
import styles from './Jobs.module.css';

/** Exports and grids at work in the status bar; a press lists them all with what can be done about them. */
export function Jobs() {
  const jobs = useJobs((state) => state.jobs);
  const work = useWork((state) => state.work);
  const running = [...work, ...runningJobs(jobs)];
  const all = Object.values(jobs).reverse();
  if (all.length === 0 && work.length === 0) return <span className={styles.idle}>{text.status.noJobs}</span>;
  const [first] = running;
  return (
    <DialogTrigger>
      <AriaButton className={styles.cell ?? ''} aria-label={words.jobs}>
        {first === undefined ? text.status.noJobs : running.length > 1 ? words.running(running.length) : nameOf(first)}
        {first !== undefined && (
          <>
            <b className="num">{Math.floor(shareOf(running) * 100)} %</b>
            <Bar share={shareOf(running)} />
          </>
        )}
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="top end" offset={4}>
        <AriaDialog className={styles.dialog ?? ''} aria-label={words.jobs}>
          <h2 className={styles.title}>{words.jobs}</h2>
          <ul className={styles.list}>
            {work.map((one) => (
              <Work key={`${one.dataset} ${one.buffer}`} work={one} />
            ))}
            {all.map((job) => (
              <Job key={job.id} job={job} />
            ))}
          </ul>
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}

function nameOf(running: KnownJob | BufferWork): string {
  return 'request' in running ? fileName(running.request.target) : words.binning(running.title);
}

function shareOf(jobs: readonly { readonly done: number; readonly total: number }[]): number {
  const total = jobs.reduce((sum, job) => sum + job.total, 0);
  return total === 0 ? 0 : jobs.reduce((sum, job) => sum + job.done, 0) / total;
}

function Bar({ share }: { share: number }) {
  return (
    <span className={styles.bar}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

/** A grid that is being filled; it is gone from the list when it is shown. */
function Work({ work }: { work: BufferWork }) {
  const first = useDatasets((state) => state.opened[work.dataset]?.info.firstNumber ?? 0);
  return (
    <li className={styles.job}>
      <div className={styles.row}>
        <span className={styles.name}>
          {words.binning(work.title)}
          <small>{words.binned(text.grouped(work.buffer + first))}</small>
        </span>
        <Button small onPress={() => void cancelWork(work)}>
          {words.cancel}
        </Button>
      </div>
      <Progress of={work} rate={words.stepRate} />
    </li>
  );
}

function Progress({ of, rate }: { of: Pick<KnownJob, 'done' | 'total' | 'since'>; rate(rate: string, seconds: string): string }) {
  const { done, total } = of;
  const pace = jobPace(of, performance.now());
  return (
    <>
      <Bar share={total === 0 ? 0 : done / total} />
      <div className={styles.row}>
        <span className="num">{words.progress(done, total)}</span>
        <span className={styles.grow} />
        {pace && <span className="num">{rate(valueText(pace.rate, 3), durationText(pace.left))}</span>}
      </div>
    </>
  );
}

function Job({ job }: { job: KnownJob }) {
  const { state, request } = job;
  return (
    <li className={styles.job}>
      <div className={styles.row}>
        <span className={styles.name} title={request.target}>
          {fileName(request.target)}
          <small>{job.title}</small>
        </span>
        <Actions job={job} />
      </div>
      {state === 'running' && <Progress of={job} rate={words.rate} />}
      <Outcome job={job} />
    </li>
  );
}

function Outcome({ job }: { job: KnownJob }) {
  const { state, result, error } = job;
  if (state === 'cancelled') return <p className={styles.dim}>{words.cancelled}</p>;
  if (state === 'failed') return <p className={styles.danger}>{error?.message}</p>;
  if (!result) return null;
  return (
    <>
      <p className={styles.dim}>{words.done(writtenText(job, result.buffers), fileName(result.target))}</p>
      {result.losses.length > 0 && (
        <>
          <p className={styles.warn}>{words.losses}</p>
          <ul className={styles.losses}>
            {result.losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Actions({ job }: { job: KnownJob }) {
  const { state, id, result, error } = job;
  if (state === 'running')
    return (
      <Button small onPress={() => void cancelJob(id)}>
        {words.cancel}
      </Button>
    );
  return (
    <>
      {result && desktop && (
        <Button small look="quiet" onPress={() => void desktop?.revealInFolder(result.target)}>
          {words.reveal}
        </Button>
      )}
      {result && (
        <Button small look="quiet" onPress={() => void openPath(result.target)}>
          {words.open}
        </Button>
      )}
      {!result && (
        <Button small onPress={() => void repeatJob(job)}>
          {state === 'cancelled' ? words.resume : words.again}
        </Button>
      )}
      {error?.code === 'exists' && (
        <Button small look="danger" onPress={() => void repeatJob(job, { force: true })}>
          {words.replace}
        </Button>
      )}
      <IconButton icon="close" label={words.forget} small onPress={() => useJobs.getState().forget(id)} />
    </>
  );
}

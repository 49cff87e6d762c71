import { throwIfAborted, toErrorRecord, type ErrorRecord } from '../../shared/model/data-error.ts';
import { bufferCount, isFrameDataset, type FrameBuffer, type FrameDataset, type ParticleDataset } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import { openPath } from '../host/open-path.ts';
import { bufferFacts } from '../host/tables.ts';
import { bufferPosition } from './buffer-index.ts';
import { toJson, type CommandAnswer, type CommandCall, type CommandSpec } from './command.ts';
import { flag, openOptions } from './given-options.ts';
import { progressLine } from './progress-line.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

/** What is wrong with a file: an error means that data cannot be read, a warning that all that is shown is right. */
interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly offset?: number;
  readonly buffer?: readonly number[];
  readonly code: string;
  readonly reason: string;
}

interface CheckResult {
  readonly datasets: number;
  readonly buffers: number;
  readonly problems: readonly Problem[];
}

const EXIT_DAMAGED = 4;
/** Warnings of an open dataset about data that cannot be read. */
const LOST: readonly string[] = ['unreadable-steps', 'damaged-tracks'];

export const checkCommand: CommandSpec = {
  name: 'check',
  configure: (command) => {
    addOutputOptions(
      addReaderOptions(
        command.description('Test a dataset: companions, and the header and attributes of every buffer. Prints a JSON line per problem.'),
      ),
    ).option('--deep', 'decode all samples, and test the members of the dataset, too');
  },
  run: async (call) => {
    const check = new Check(call);
    await check.path(call.args[0] ?? '');
    return check.answer();
  },
};

/** What was found so far. */
class Check {
  private readonly call: CommandCall;
  private readonly deep: boolean;
  private readonly problems: Problem[] = [];
  private datasets = 0;
  private buffers = 0;

  constructor(call: CommandCall) {
    this.call = call;
    this.deep = flag(call, 'deep');
  }

  /** What cannot even be opened is an error of the command, except for members. */
  async path(path: string, format?: string): Promise<void> {
    const { dataset } = await openPath(path, format === undefined ? openOptions(this.call) : { format, signal: this.call.io.signal });
    await using _ = dataset;
    await (isFrameDataset(dataset) ? this.dataset(dataset) : this.particles(dataset));
    if (!this.deep) return;
    for (const child of dataset.info.children) {
      throwIfAborted(this.call.io.signal);
      await this.path(child.path, child.format).catch((error: unknown) => this.error(error, child.path));
    }
  }

  answer(): CommandAnswer {
    const { datasets, buffers, problems } = this;
    const result: CheckResult = { datasets, buffers, problems };
    const isDamaged = problems.some(({ severity }) => severity === 'error');
    return { result, text: () => problems.map((problem) => `${toJson(problem)}\n`).join(''), ...(isDamaged ? { exit: EXIT_DAMAGED } : {}) };
  }

  private async dataset(dataset: FrameDataset): Promise<void> {
    const { info } = dataset;
    const { io } = this.call;
    this.datasets += 1;
    this.warnings(info.warnings, info.path);
    const count = bufferCount(info);
    const progress = progressLine(io, flag(this.call, 'quiet'), `Testing ${info.title}, buffer`, count);
    try {
      for (let index = 0; index < count; index++) {
        throwIfAborted(io.signal);
        if (!info.missing.some(([from, to]) => index >= from && index < to)) await this.buffer(dataset, index);
        progress.at(index + 1);
      }
    } finally {
      progress.end();
    }
  }

  /** The attributes of every step; with --deep all particles, and the records of all tracks. */
  private async particles(dataset: ParticleDataset): Promise<void> {
    const { info } = dataset;
    const { io } = this.call;
    const { signal } = io;
    this.datasets += 1;
    this.warnings(info.warnings, info.path);
    const progress = progressLine(io, flag(this.call, 'quiet'), `Testing ${info.title}, step`, info.steps);
    const attempt = async (place: readonly number[] | undefined, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        this.error(error, info.path, place);
      }
    };
    try {
      for (let step = 0; step < info.steps; step++) {
        throwIfAborted(signal);
        this.buffers += 1;
        await attempt([step], async () => void (await dataset.stepAttributes(step, { signal })));
        for (let pulse = 0; this.deep && pulse < info.pulses; pulse++)
          await attempt([step], async () => this.warnings((await dataset.step(step, pulse, { signal })).warnings, info.path, [step]));
        progress.at(step + 1);
      }
      if (this.deep) await attempt(undefined, async () => this.warnings(await dataset.checkTracks({ signal }), info.path));
    } finally {
      progress.end();
    }
  }

  private async buffer(dataset: FrameDataset, index: number): Promise<void> {
    const { signal } = this.call.io;
    const place = bufferPosition(dataset.info, index);
    this.buffers += 1;
    try {
      const opened = this.deep ? await dataset.buffer(index, { signal }) : undefined;
      this.warnings((opened ?? (await bufferFacts(dataset, index, { signal }))).warnings, dataset.info.path, place);
      if (opened) await this.planes(opened, dataset.info.path, place);
    } catch (error) {
      this.error(error, dataset.info.path, place);
    }
  }

  /** Each component on its own: a damaged one leaves the others readable. */
  private async planes(buffer: FrameBuffer, path: string, place: readonly number[]): Promise<void> {
    for (const [frame, { components }] of buffer.info.frames.entries()) {
      for (const { name, planes, stored } of components) {
        if (!stored) continue;
        try {
          for (let plane = 0; plane < planes; plane++)
            await buffer.plane({ frame, component: name, plane }, { signal: this.call.io.signal });
        } catch (error) {
          this.error(error, path, place);
        }
      }
    }
  }

  private warnings(warnings: readonly Warning[], path: string, buffer?: readonly number[]): void {
    for (const warning of warnings) this.add(LOST.includes(warning.code) ? 'error' : 'warning', warning, path, buffer);
  }

  private error(error: unknown, path: string, buffer?: readonly number[]): void {
    throwIfAborted(this.call.io.signal);
    this.add('error', toErrorRecord(error), path, buffer);
  }

  private add(severity: Problem['severity'], found: Warning | ErrorRecord, path: string, buffer: readonly number[] | undefined): void {
    const { offset, code, message } = found;
    this.problems.push({
      severity,
      file: found.path ?? path,
      ...(offset === undefined ? {} : { offset }),
      ...(buffer ? { buffer } : {}),
      code,
      reason: message,
    });
  }
}

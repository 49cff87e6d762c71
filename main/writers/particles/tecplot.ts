import type { Attributes } from '../../../shared/model/attributes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { NO_TRACK, type ParticleSet } from '../../../shared/model/particles.ts';
import { applyScale, type Scale } from '../../../shared/model/scale.ts';
import { commentFooter } from '../../codecs/comment-footer.ts';
import { numberText } from '../../codecs/text-table.ts';
import { writeAtomically } from '../atomic-file.ts';
import { Losses } from '../losses.ts';
import { attributeLines } from '../scaled-values.ts';
import { auxiliaryLines, finiteText, INVALID_OPTION, quoted } from '../tecplot-text.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../version.ts';
import { describeColumns } from './column-writers.ts';
import { heldScales } from './held-scales.ts';
import { tellUnheld } from './instants.ts';
import { eachSnapshot, readStepAttributes } from './each-snapshot.ts';
import { particleColumnSpecs, valueScales } from './particle-columns.ts';
import type { ParticleWriteJob, ParticleWriter } from './particle-writer.ts';

/** Lines that are put together before they are written. */
const LINES_AT_ONCE = 4096;

/** Tecplot ASCII, POINT packing: a zone of scattered points per step and pulse, with its time; a description in comment lines, by which it opens again. */
export const particleTecplot: ParticleWriter = {
  id: 'tecplot',
  label: 'Tecplot ASCII (.dat)',
  extensions: ['dat'],
  options: { ...INVALID_OPTION },
  accepts: ({ particles }) => particles > 0 || 'a Tecplot file needs at least one particle',
  write: async (job) => {
    const { dataset, target, force, options, signal } = job;
    const { info } = dataset;
    const losses = new Losses();
    const number = options['invalid'] === 'zero' ? finiteText : numberText;
    if (options['invalid'] === 'zero') losses.add('Values that are not a number: they are written as 0.');
    await tellUnheld(dataset, losses, { signal });
    const counts = await dataset.counts({ signal });
    const times = await dataset.times({ signal });
    await writeAtomically(target, { force }, async (file) => {
      let bytes = 0;
      const put = async (text: string): Promise<void> => {
        const encoded = new TextEncoder().encode(text);
        bytes += encoded.byteLength;
        await file.write(encoded);
      };
      await put(headText(job));
      await eachSnapshot(job, losses, counts, async (set, step, pulse) => {
        // A zone has at least one point; the description knows of the others.
        if (set.count > 0) await writeZone(put, { set, step, pulse, time: times[step * info.pulses + pulse] ?? 0, number }, job, losses);
      });
      const held = { ...dataset, info: heldScales(info, losses) };
      const columns = particleColumnSpecs(info, true).map(({ name }) => name);
      const text = await describeColumns({ dataset: held, signal, options: { mode: 'scaled' } }, columns, losses);
      await put(commentFooter(text, bytes));
    });
    return { target, buffers: info.steps, losses: losses.list() };
  },
};

function headText({ dataset }: ParticleWriteJob): string {
  const { info } = dataset;
  const units = valueScales(info).map(({ unit }) => unit);
  const names = particleColumnSpecs(info, true).map(({ name }) => name);
  // Other programs know positions by their names alone.
  const values = [...names.slice(0, 4), ...names.slice(7)].map((name, i) => (units[i] && i >= POSITIONS ? `${name} [${units[i]}]` : name));
  const lines = [
    `TITLE = ${quoted(info.title)}`,
    `VARIABLES = ${[...values.slice(0, 4), 'track', ...values.slice(4)].map(quoted).join(' ')}`,
    ...auxiliaryLines(
      'DATASETAUXDATA',
      attributeLines({ ...positionUnits(info), ...info.attributes, [VERSION_ATTRIBUTE]: STREAKLINE_VERSION }),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** x, y, z. */
const POSITIONS = 3;

function positionUnits(info: ParticleDatasetInfo): Attributes {
  const [x, y, z] = valueScales(info);
  return { x_unit: x?.unit ?? '', y_unit: y?.unit ?? '', z_unit: z?.unit ?? '' };
}

interface Zone {
  readonly set: ParticleSet;
  readonly step: number;
  readonly pulse: number;
  readonly time: number;
  readonly number: (value: number) => string;
}

async function writeZone(
  put: (text: string) => Promise<void>,
  { set, step, pulse, time, number }: Zone,
  job: ParticleWriteJob,
  losses: Losses,
): Promise<void> {
  const { info } = job.dataset;
  const name = info.pulses === 1 ? `step ${step}` : `step ${step} pulse ${pulse}`;
  const attributes = pulse === 0 ? await readStepAttributes(job.dataset, step, job.signal, losses) : {};
  const head = [
    `ZONE T=${quoted(name)}, I=${set.count}, DATAPACKING=POINT, STRANDID=${pulse + 1}, SOLUTIONTIME=${numberText(time)}`,
    ...auxiliaryLines('AUXDATA', attributeLines(attributes)),
  ];
  await put(`${head.join('\n')}\n`);
  const scales = valueScales(info);
  const columns: readonly (readonly [values: ArrayLike<number>, scale: Scale, stride: number, at: number])[] = [
    ...[0, 1, 2].map((axis) => [set.xyz, scales[axis] as Scale, 3, axis] as const),
    [set.intensity, scales[3] as Scale, 1, 0],
    ...set.scalars.map((values, k) => [values, scales[4 + k] as Scale, 1, 0] as const),
  ];
  for (let from = 0; from < set.count; from += LINES_AT_ONCE) {
    let text = '';
    for (let i = from; i < Math.min(set.count, from + LINES_AT_ONCE); i++) {
      const cells = columns.map(([values, scale, stride, at]) => number(applyScale(scale, values[stride * i + at] as number)));
      const track = set.track[i] as number;
      cells.splice(4, 0, track === NO_TRACK ? '-1' : String(track));
      text += `${cells.join(' ')}\n`;
    }
    await put(text);
  }
}

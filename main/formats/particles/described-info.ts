import { particleTables } from '../../../shared/compute/particle-tables.ts';
import { unitWarnings } from '../../../shared/compute/particles/length-units.ts';
import { particleSummary } from '../../../shared/compute/particles/particle-summary.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ParticleTimes } from '../../../shared/model/particles.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';

const PICOSECONDS = 1e12;
const TYPE_IDS: Readonly<Record<number, string>> = { 1: 'TIME_RESOLVED', 2: 'DOUBLE_PULSE', 4: 'FOUR_PULSE' };

/** What a file says beside its description. */
export type ParticleFacts = Pick<
  ParticleDatasetInfo,
  'format' | 'path' | 'title' | 'tracks' | 'particles' | 'scales' | 'scalars' | 'bounds' | 'warnings'
>;

/** The facts of particles that a description goes with; its title comes first. */
export function describedInfo(description: ParticleDescription, facts: ParticleFacts): ParticleDatasetInfo {
  const { pulses, times, attributes, startTime, firstNumber } = description;
  const steps = times.length / pulses;
  const { tracks } = facts;
  return {
    ...facts,
    kind: 'particles',
    title: description.title ?? facts.title,
    summary: particleSummary({ pulses, steps, tracks }),
    typeId: TYPE_IDS[pulses] ?? '',
    attributes,
    warnings: [...facts.warnings, ...(tracks > 0 ? unitWarnings(facts.scales, facts.path) : [])],
    tables: particleTables(times.length, tracks),
    children: [],
    steps,
    pulses,
    startTime: startTime + (times[0] as number),
    firstNumber,
  };
}

/** With one pulse a step from the first one on, in whole picoseconds; with several as they are. */
export function describedTimes({ pulses, times, startTime }: ParticleDescription): ParticleTimes {
  if (pulses > 1) return times.map((time) => time + startTime);
  const origin = picoseconds(times[0] as number);
  return times.map((time) => Number(picoseconds(time) - origin) / PICOSECONDS);
}

function picoseconds(time: number): bigint {
  const whole = Math.floor(time);
  return BigInt(whole) * BigInt(PICOSECONDS) + BigInt(Math.round((time - whole) * PICOSECONDS));
}

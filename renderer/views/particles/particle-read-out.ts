import { valueText } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { particlesOf } from '../../stores/frame-choices.ts';
import type { PickedParticle } from '../../stores/particle-display.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { columnSign } from './column-look.ts';

export interface ParticleReadOut {
  /** '51,377, step 221' */
  readonly particle: string;
  readonly cells: readonly { readonly name: string; readonly value: string }[];
}

/** As many as single precision holds. */
const DIGITS = 6;
const POSITION = ['x', 'y', 'z'];

/** The particle under the pointer, or the picked one, in words; position first, then what colours the picture. */
export function particleReadOut(
  info: ParticleDatasetInfo | undefined,
  particle: PickedParticle | undefined,
  column: string | undefined,
): ParticleReadOut | undefined {
  if (!info || !particle) return undefined;
  const { track, step, pulse, values } = particle;
  const named = particle.track === undefined ? particleText.status.noTrack : groupedDigits(track ?? 0);
  const place = [particleText.status.step(step + info.firstNumber), ...(info.pulses > 1 ? [particleText.picture.pulse(pulse + 1)] : [])];
  const position = values.filter(({ name }) => POSITION.includes(name));
  const rank = (name: string): number => (name === column ? 0 : name === 'speed' ? 1 : name === 'intensity' ? 2 : 3);
  const rest = values
    .filter(({ name, value }) => !POSITION.includes(name) && name !== 'id' && Number.isFinite(value))
    .sort((a, b) => rank(a.name) - rank(b.name));
  const unit = position[0]?.unit ?? '';
  const same = position.every((each) => each.unit === unit);
  const where = position
    .map(({ name, value, unit: own }) => `${name} ${valueText(value, DIGITS)}${same || own === '' ? '' : ` ${own}`}`)
    .join('  ');
  return {
    particle: [named, ...place].join(', '),
    cells: [
      ...(position.length > 0 ? [{ name: '', value: `${where}${same && unit !== '' ? ` ${unit}` : ''}` }] : []),
      ...rest.map(({ name, value, unit: own }) => ({
        name: columnSign(name),
        value: `${valueText(value, DIGITS)}${own === '' ? '' : ` ${own}`}`,
      })),
    ],
  };
}

function groupedDigits(track: number): string {
  return String(track).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** One line for the clipboard. */
export function particleReadOutText(view: ViewState | undefined): string {
  const particles = view?.particles;
  const readOut = particleReadOut(particlesOf(view), particles?.hovered?.particle ?? particles?.picked, particles?.display.colorBy);
  if (!readOut) return '';
  return [
    `${particleText.status.particle} ${readOut.particle}`,
    ...readOut.cells.map(({ name, value }) => (name === '' ? value : `${name} ${value}`)),
  ].join('; ');
}

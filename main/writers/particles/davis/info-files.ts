import { bytesOf } from '../../../../shared/model/dtype.ts';
import type { ParticleDatasetInfo } from '../../../../shared/model/dataset.ts';
import type { FrameScales, Scale } from '../../../../shared/model/scale.ts';
import { EMPTY_BOX, INFO_VERSION } from '../../../formats/davis-particles/layout.ts';
import type { Losses } from '../../losses.ts';

/** info.bin: version, pulses, steps, scalars, bounds as they are, and the second box. */
export function infoBytes({ pulses, steps, scalars, bounds, secondBox }: ParticleDatasetInfo): Uint8Array {
  const head = bytesOf(Uint32Array.of(INFO_VERSION, pulses, steps, scalars.length));
  const boxes = bytesOf(Float64Array.from([...bounds, ...(secondBox ?? EMPTY_BOX)]));
  const out = new Uint8Array(head.byteLength + boxes.byteLength);
  out.set(head);
  out.set(boxes, head.byteLength);
  return out;
}

/** scales.xml in the order that readers ask for: x, y, z, intensity, one a scalar, then the names of the scalars. */
export function scalesBytes({ scales, scalars }: Pick<ParticleDatasetInfo, 'scales' | 'scalars'>, losses: Losses): Uint8Array {
  const axes: readonly (readonly [letter: string, scale: Scale])[] = (
    ['x', 'y', 'z', 'i'] as const satisfies readonly (keyof FrameScales)[]
  ).map((axis) => [axis.toUpperCase(), scales[axis]]);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ParticleFieldScales>',
    ...axes.map(([letter, scale]) => scaleElement(`Scale${letter}`, scale, losses)),
    ...scalars.map(({ scale }, k) => scaleElement(`ScaleScalar${k}`, scale, losses)),
    ...scalars.map(({ name }, k) => `    <NameScalar${k} Name="${escaped(name)}"/>`),
    '</ParticleFieldScales>',
    '',
  ];
  return new TextEncoder().encode(lines.join('\n'));
}

/** Numbers are the shortest that restore them, of at most 17 digits. */
function scaleElement(element: string, { slope, offset, unit, description }: Scale, losses: Losses): string {
  for (const [what, value] of [
    ['slope', slope],
    ['offset', offset],
  ] as const) {
    if (!Number.isFinite(value)) losses.add(`${element}: the ${what} ${value} is written as it is; readers take it for damaged.`);
  }
  return `    <${element} Factor="${numberText(slope)}" Offset="${numberText(offset)}" Unit="${escaped(unit)}" Description="${escaped(description)}"/>`;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Line ends as references, which attribute values keep; other control characters, which XML has none of, as blanks. */
function escaped(text: string): string {
  return text.replace(
    /[&<>"\p{Cc}]/gu,
    (character) => ENTITIES[character] ?? (/[\t\n\r]/.test(character) ? `&#${character.charCodeAt(0)};` : ' '),
  );
}

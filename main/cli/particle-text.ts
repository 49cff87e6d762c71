import { attributeLines, row, scaleText, warningLines } from './info-text.ts';
import type { ParticleDocument, StepDocument } from './particle-document.ts';

export function particleText(info: ParticleDocument): string {
  const { scales, bounds, boundsScaled, scalars } = info;
  return [
    info.summary,
    row('Path', info.path),
    row('Format', info.format),
    row('Type', info.typeId),
    row('Steps', `${info.steps}${info.pulses > 1 ? `, ${info.pulses} pulses each` : ''}`),
    row('Particles', String(info.particles)),
    row('Tracks', String(info.tracks)),
    row('Start time', `${info.startTime} s`),
    ...(['x', 'y', 'z'] as const).map((axis, i) =>
      row(
        `Bounds ${axis}`,
        `${bounds[i]} to ${bounds[i + 3]} voxels, ${boundsScaled[i]} to ${boundsScaled[i + 3]} ${scales[axis].unit}`.trimEnd(),
      ),
    ),
    ...(['x', 'y', 'z', 'i'] as const).map((axis) => row(axis, scaleText(scales[axis]))),
    ...scalars.map(({ name, scale }, k) => row(`Scalar ${k}`, `${name}: ${scaleText(scale)}`)),
    ...attributeLines(info.attributes, ''),
    ...warningLines(info.warnings),
    '',
    ...(info.step ? stepLines(info.step) : []),
  ].join('\n');
}

function stepLines({ index, pulses, attributes, warnings }: StepDocument): readonly string[] {
  const facts = pulses.map(({ time, particles, withTrack, withoutTrack }, pulse) =>
    row(
      pulses.length === 1 ? 'Particles' : `Pulse ${pulse}`,
      `${particles}, ${withTrack} with and ${withoutTrack} without track, at ${time} s`,
    ),
  );
  return [`Step ${index}`, ...facts, ...attributeLines(attributes, ''), ...warningLines(warnings), ''];
}

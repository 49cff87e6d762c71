import type { ProbeCandidate } from '../../shared/contract/listing.ts';
import { isAttributeArray, type Attributes, type AttributeValue } from '../../shared/model/attributes.ts';
import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import type { ComponentInfo } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';
import { warningSentence } from './exit-codes.ts';
import type { BufferDocument, FrameDocument } from './info-document.ts';

const LABEL_WIDTH = 14;
/** Longer arrays are shortened; --json has all of it. */
const SHOWN_VALUES = 6;
/** Of a computed position: what is beyond is noise of the arithmetic. */
const SHOWN_DIGITS = 12;

export function datasetText(info: FrameDatasetInfo): string {
  return [
    info.summary,
    row('Path', info.path),
    row('Format', info.format),
    ...(info.typeId === undefined ? [] : [row('Type', info.typeId)]),
    ...(info.isMultiset === undefined ? [] : [row('Multi-set', info.isMultiset ? 'yes' : 'no')]),
    row('Navigation', info.nav.map((axis) => `${axis.name} ${axis.size}`).join(', ')),
    ...(info.shape ? [row('Frame shape', info.shape.sig.join(' x '))] : []),
    ...(info.rawDtype === '' ? [] : [row('Samples', info.rawDtype)]),
    ...info.missing.map(([from, to]) => row('Missing', from + 1 === to ? `buffer ${from}` : `buffers ${from} to ${to - 1}`)),
    ...info.diagnostics.map(({ name, value }) => row(name, value)),
    ...info.children.map((child) => row('Member', `${child.title} (${child.path})`)),
    ...attributeLines(info.attributes, ''),
    ...warningLines(info.warnings),
    '',
  ].join('\n');
}

export function bufferText(buffer: BufferDocument): string {
  return [
    '',
    `Buffer ${buffer.position.join(', ')}: ${buffer.name}${buffer.state === 'present' ? '' : ` (${buffer.state})`}`,
    ...(buffer.time ? [row('Time', `${buffer.time.seconds} s (${buffer.time.source})`)] : []),
    ...attributeLines(buffer.attributes, ''),
    ...buffer.frames.flatMap(frameLines),
    ...warningLines(buffer.warnings),
    '',
  ].join('\n');
}

export function probeText(candidates: readonly ProbeCandidate[]): string {
  return candidates.map(({ format, score, reason }) => `${score.toFixed(2)}  ${format.padEnd(LABEL_WIDTH)} ${reason}\n`).join('');
}

function frameLines(frame: FrameDocument, index: number): readonly string[] {
  const {
    boundaries,
    scales,
    shape: [height, width],
  } = frame;
  const { x, y } = boundaries.units;
  const at = (value: number, unit: string): string => `${Number(value.toPrecision(SHOWN_DIGITS))} ${unit}`.trimEnd();
  return [
    '',
    `Frame ${index}: ${frame.kind}, ${width} x ${height} samples${frame.planes === 1 ? '' : `, ${frame.planes} planes`}${frame.kind === 'vector' ? `, grid ${frame.grid.join(' x ')}` : ''}`,
    row('Left, right', `${at(boundaries.left, x)}, ${at(boundaries.right, x)}`),
    row('Top, bottom', `${at(boundaries.top, y)}, ${at(boundaries.bottom, y)}`),
    row('x', scaleText(scales.x)),
    row('y', scaleText(scales.y)),
    row('z', scaleText(scales.z)),
    row('i', scaleText(scales.i)),
    'Components',
    ...frame.components.map(componentLine),
    row('Derived', frame.derived.join(' ')),
    ...attributeLines(frame.attributes, ''),
  ];
}

function componentLine({ name, role, dtype, scale, stored }: ComponentInfo): string {
  return `  ${name.padEnd(20)} ${dtype.padEnd(4)} ${role.padEnd(10)} ${scaleText(scale)}${stored ? '' : ' (not stored)'}`;
}

export function scaleText({ slope, offset, unit, description }: Scale): string {
  return `${slope} * n + ${offset}${unit ? ` [${unit}]` : ''}${description ? ` ${description}` : ''}`;
}

export function attributeLines(attributes: Attributes, indent: string): readonly string[] {
  const entries = Object.entries(attributes);
  return entries.length === 0
    ? []
    : [`${indent}Attributes`, ...entries.map(([name, value]) => `${indent}  ${name} = ${attributeText(value)}`)];
}

function attributeText(value: AttributeValue): string {
  if (!isAttributeArray(value)) return String(value).replaceAll(/\r?\n/g, ' / ');
  const more = value.values.length > SHOWN_VALUES ? ', ...' : '';
  return `${value.dtype} (${value.shape.join(' x ')}) ${value.values.slice(0, SHOWN_VALUES).join(', ')}${more}`;
}

export function warningLines(warnings: readonly Warning[]): readonly string[] {
  return warnings.map((warning) => `Warning: ${warningSentence(warning)}`);
}

export function row(label: string, value: string): string {
  return `${label.padEnd(LABEL_WIDTH)} ${value}`;
}

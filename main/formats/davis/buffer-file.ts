import { DEVICES_INFO } from '../../../shared/compute/device-table.ts';
import { timesInfo } from '../../../shared/compute/time-table.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { FrameDataset, FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import type { Candidate, EntryContent, Format, OpenInput, Opened, ProbeAnswer } from '../format.ts';
import { readGeometry } from './buffer-content.ts';
import type { Geometry } from './geometry.ts';
import { isLegacyHeader, parseHeader } from './header.ts';
import { HEADER_BYTES } from './layout.ts';
import { parseLegacyHeader } from './legacy.ts';
import { readBuffer } from './read-buffer.ts';

export const BUFFER_EXTENSIONS = ['im7', 'vc7', 'imx', 'img', 'vec'] as const;

/** Single DaVis image and vector files, opened as a dataset of one buffer. */
export const davisBuffer: Format = {
  id: 'davis-buffer',
  label: 'DaVis buffer (.im7, .vc7)',
  extensions: BUFFER_EXTENSIONS,
  options: {},
  probe,
  describe,
  open,
};

async function probe(candidate: Candidate): Promise<ProbeAnswer> {
  if (candidate.entry.kind === 'folder') return { score: 0, reason: 'a folder' };
  const known = (BUFFER_EXTENSIONS as readonly string[]).includes(candidate.extension);
  const head = await candidate.head(HEADER_BYTES);
  if (head.byteLength < HEADER_BYTES)
    return known
      ? { score: 0.1, reason: `extension .${candidate.extension}, but too short for a header` }
      : { score: 0, reason: 'too short' };
  try {
    const { format, width, height, frames } = geometryOf(head, candidate.entry.name);
    const what = `header of ${frames} ${format.kind} frames, ${width} x ${height}`;
    return known ? { score: 0.9, reason: what } : { score: 0.3, reason: `${what}, but the extension is foreign` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Other formats use .img and .vec, too.
    const own = /^(im7|vc7|imx)$/.test(candidate.extension) || (known && isLegacyHeader(head));
    return { score: own ? 0.5 : 0, reason };
  }
}

async function describe({ head, entry }: Candidate): Promise<EntryContent> {
  const { format, width, height, planes, frames } = geometryOf(await head(HEADER_BYTES), entry.name);
  const size = `${width} x ${height}${planes > 1 ? ` x ${planes}` : ''}`;
  const what = format.kind === 'image' ? 'Image' : 'Vectors';
  return { detail: `${what}, ${frames > 1 ? `${frames} frames of ` : ''}${size}`, content: format.kind === 'image' ? 'images' : 'vectors' };
}

function geometryOf(head: Uint8Array, path: string): Geometry {
  return (isLegacyHeader(head) ? parseLegacyHeader(head, path) : parseHeader(head, path)).geometry;
}

async function open(input: OpenInput): Promise<Opened> {
  const { folder, entry } = input;
  const path = folder.pathOf(entry.name);
  const source = await folder.open(entry.name, input);
  try {
    const geometry = await readGeometry(source, input);
    return { dataset: singleDataset(input, path, geometry) };
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

function singleDataset({ folder, entry }: OpenInput, path: string, geometry: Geometry): FrameDataset {
  let closed = false;
  return {
    info: singleInfo(entry.name, path, geometry),
    buffer: async (index, options) => {
      if (closed) throw new DataError('closed', `${path} is closed.`, { path });
      throwIfAborted(options?.signal);
      if (index !== 0)
        throw new DataError('out-of-range', `There is no buffer ${index}: a single file has one (0).`, { path, field: 'buffer' });
      const source = await folder.open(entry.name, options);
      try {
        return await readBuffer(source, { index, name: entry.name, attributes: { LoadFile: path } }, options);
      } finally {
        await source[Symbol.asyncDispose]();
      }
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
    },
  };
}

function singleInfo(name: string, path: string, { format, frames }: Geometry): FrameDatasetInfo {
  const kind = format.kind === 'image' ? 'Image' : 'Vector';
  return {
    kind: 'frames',
    format: davisBuffer.id,
    title: name,
    path,
    summary: `<${kind} buffer '${name}' with ${frames} frame${frames === 1 ? '' : 's'}>`,
    attributes: {},
    warnings: [],
    tables: [DEVICES_INFO, timesInfo(1)],
    children: [],
    nav: [{ name: 'buffer', size: 1, scale: unitScale('') }],
    uniform: true,
    rawDtype: format.dtype === 'u1' ? '|u1' : `<${format.dtype}`,
    guessed: [],
    diagnostics: [],
    firstNumber: 1,
    missing: [],
  };
}

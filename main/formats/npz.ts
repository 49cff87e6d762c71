import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../shared/model/dataset.ts';
import { sampleBytes, type TypedArray } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import type { ByteReader } from '../codecs/byte-reader.ts';
import { MAX_DESCRIPTION_BYTES, parseDescription, type Description } from '../codecs/frame-description.ts';
import { readNpyHeader, type NpyHeader } from '../codecs/npy.ts';
import { componentFiles, frameFolder, NPZ_DESCRIPTION, type NpzLayout } from '../codecs/npz-layout.ts';
import { decodeSamples } from '../codecs/sample-type.ts';
import type { ZipMember } from '../codecs/zip/layout.ts';
import { openZip, type ZipArchive } from '../codecs/zip/read-zip.ts';
import type { ByteSource } from '../sources/byte-source.ts';
import { describedDataset, describedInfo, type StoredPlaneRef } from './described-dataset.ts';
import type { Format, OpenInput } from './format.ts';
import { STACK_OPTIONS } from './npy.ts';
import { openNpyStack } from './npy-stack.ts';
import { archiveFiles, type ArchiveFiles } from './npz-members.ts';

const MAGIC = [0x50, 0x4b, 3, 4];

/** NumPy archives: ours by their description, those of others as a stack of one member. docs/formats/npz.md. */
export const npz: Format = {
  id: 'npz',
  label: 'NumPy archive',
  extensions: ['npz'],
  options: {
    member: { type: 'text', label: 'Member', help: 'Array of the archive to open; the largest where nothing is given.' },
    ...STACK_OPTIONS,
  },
  async probe(candidate) {
    if (candidate.entry.kind !== 'file' || candidate.extension !== 'npz') return { score: 0, reason: 'not named .npz' };
    const head = await candidate.head();
    return MAGIC.every((byte, i) => head[i] === byte)
      ? { score: 0.95, reason: 'a ZIP archive named .npz' }
      : { score: 0.1, reason: 'named .npz, but no ZIP archive' };
  },
  async open(input) {
    const source = await input.folder.open(input.entry.name, input);
    try {
      return { dataset: await openArchive(source, input) };
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
  },
};

async function openArchive(source: ByteSource, input: OpenInput): Promise<FrameDataset> {
  const archive = await openZip(source, input);
  const described = archive.members.get(NPZ_DESCRIPTION);
  const description = described && input.options.member === undefined ? await readDescription(archive, described, source.name) : undefined;
  return description ? openDescribed(source, archive, description, input) : openMember(source, archive, input);
}

async function readDescription(archive: ZipArchive, member: ZipMember, path: string): Promise<Description | undefined> {
  const bytes = await archive.readWhole(member, MAX_DESCRIPTION_BYTES);
  return parseDescription(new TextDecoder().decode(bytes), { path, offset: member.offset });
}

function openDescribed(source: ByteSource, archive: ZipArchive, description: Description, input: OpenInput): FrameDataset {
  const buffers = description.buffers ?? [];
  const layout: NpzLayout = [...archive.members.keys()].some((name) => /^buffer\d+\//.test(name)) ? 'buffers' : 'stack';
  const files = archiveFiles(archive, source.name);
  const array = componentArrays(archive, files, source.name, { layout, count: buffers.length });
  const facts = { format: npz.id, kind: 'NumPy archive', path: source.name, title: input.entry.name, buffers: buffers.length };
  return describedDataset({
    info: describedInfo(facts, description.dataset),
    openBuffer: async (index) => {
      const buffer = buffers[index];
      if (!buffer) throw new DataError('internal', `Buffer ${index} has no description.`);
      const plane = (ref: StoredPlaneRef, options: ReadOptions): Promise<TypedArray> => {
        const frame = buffer.frames[ref.frame];
        if (!frame) throw new DataError('internal', `Frame ${ref.frame} has no description.`);
        return array(index, frame, ref, options);
      };
      return { description: buffer, plane };
    },
    close: () => Promise.resolve(source[Symbol.asyncDispose]()),
  });
}

/** Reads planes out of the arrays of the components. */
function componentArrays(
  archive: ZipArchive,
  files: ArchiveFiles,
  path: string,
  o: { readonly layout: NpzLayout; readonly count: number },
): (buffer: number, frame: FrameInfo, ref: StoredPlaneRef, options: ReadOptions) => Promise<TypedArray> {
  const opened = new Map<string, Promise<{ readonly file: ByteReader; readonly header: NpyHeader }>>();
  const open = async (name: string): Promise<{ readonly file: ByteReader; readonly header: NpyHeader }> => {
    const member = archive.members.get(name);
    if (!member) throw new DataError('malformed', `The archive has no member ${name}, which its description names.`, { path, field: name });
    const file = files.open(member);
    return { file, header: await readNpyHeader(file, {}) };
  };
  return async (buffer, frame, ref, options) => {
    const { dtype, name: component } = ref.component;
    const name = `${frameFolder(o.layout, buffer, ref.frame)}${componentFiles(frame).get(component)}`;
    const opening = opened.get(name) ?? open(name);
    opened.set(name, opening);
    opening.catch(() => opened.delete(name));
    const { file, header } = await opening;
    const shape = [...(o.layout === 'stack' ? [o.count] : []), frame.planes, ...frame.shape];
    const [field] = header.fields;
    if (!field || header.fields.length > 1 || field.type.dtype !== dtype || header.fortranOrder || header.shape.join() !== shape.join()) {
      const message = `${name} is ${header.descr} (${header.shape.join(', ')}), its description says ${dtype} (${shape.join(', ')}).`;
      throw new DataError('malformed', message, { path, field: name });
    }
    const samples = frame.shape[0] * frame.shape[1];
    const before = ((o.layout === 'stack' ? buffer * frame.planes : 0) + ref.plane) * samples;
    const bytes = sampleBytes(dtype);
    return decodeSamples(field.type, await file.read(header.dataOffset + before * bytes, samples * bytes, options), samples);
  };
}

const MASK_MEMBER = 'mask.npy';

/** One array of another program's archive, with its member `mask` beside it. */
async function openMember(source: ByteSource, archive: ZipArchive, input: OpenInput): Promise<FrameDataset> {
  const files = archiveFiles(archive, source.name);
  const member = chooseMember(archive, source.name, input.options.member);
  const mask = archive.members.get(MASK_MEMBER);
  const names = [...archive.members.keys()].filter((name) => name.endsWith('.npy')).map(arrayName);
  return openNpyStack(files.open(member), {
    ...input,
    format: npz.id,
    kind: 'NumPy archive',
    path: source.name,
    title: input.entry.name,
    mask: mask && mask !== member ? files.open(mask) : undefined,
    diagnostics: [
      { name: 'member', value: arrayName(member.name) },
      { name: 'members', value: names.join(', ') },
    ],
    close: () => Promise.resolve(source[Symbol.asyncDispose]()),
  });
}

function arrayName(member: string): string {
  return member.replace(/\.npy$/, '');
}

function chooseMember(archive: ZipArchive, path: string, asked: unknown): ZipMember {
  const arrays = [...archive.members.values()].filter(({ name }) => name.endsWith('.npy'));
  if (typeof asked === 'string') {
    const member = arrays.find(({ name }) => name === asked || arrayName(name) === asked);
    if (member) return member;
    const hint = `The archive has ${arrays.map(({ name }) => arrayName(name)).join(', ')}.`;
    throw new DataError('invalid-option', `The archive has no array '${asked}'.`, { path, field: 'member', hint });
  }
  const candidates = arrays.filter(({ name }) => name !== MASK_MEMBER);
  const largest = candidates.reduce<ZipMember | undefined>((best, one) => (best && best.bytes >= one.bytes ? best : one), undefined);
  if (!largest) throw new DataError('malformed', 'The archive holds no .npy array.', { path, field: 'member' });
  return largest;
}

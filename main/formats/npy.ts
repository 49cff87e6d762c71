import type { OptionSpec } from '../../shared/model/option.ts';
import { hasNpyMagic } from '../codecs/npy.ts';
import type { Format } from './format.ts';
import { describeNpy } from './npy-description.ts';
import { openNpyStack } from './npy-stack.ts';

/** How the samples of an array become a stack; also those of a member of an NPZ archive. */
export const STACK_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  nav_shape: {
    type: 'shape',
    label: 'Navigation shape',
    help: 'Axes of the scan, slowest first; smaller shows a part, larger adds blank frames.',
  },
  sig_shape: { type: 'shape', label: 'Frame shape', help: 'Axes of a frame, slowest first; regroups the samples of the file.' },
  sync_offset: {
    type: 'integer',
    label: 'Sync offset',
    help: 'Frames to skip at the start; negative numbers put blank frames in front.',
  },
  sig_dims: { type: 'integer', label: 'Frame dimensions', help: 'How many of the last axes make up a frame; 2 where nothing is given.' },
};

/** NumPy arrays: the last axes are the frame, the others the navigation. Header and meaning: docs/formats/npy.md. */
export const npy: Format = {
  id: 'npy',
  label: 'NumPy array',
  extensions: ['npy'],
  options: STACK_OPTIONS,
  async probe(candidate) {
    if (candidate.entry.kind !== 'file') return { score: 0, reason: 'a folder' };
    if (hasNpyMagic(await candidate.head())) return { score: 1, reason: 'begins with the NPY magic bytes' };
    return candidate.extension === 'npy'
      ? { score: 0.1, reason: 'named .npy, but does not begin with the NPY magic bytes' }
      : { score: 0, reason: 'no NPY magic bytes' };
  },
  describe: describeNpy,
  async open(input) {
    const source = await input.folder.open(input.entry.name, input);
    try {
      const file = { format: 'npy', kind: 'NumPy array', path: source.name, title: input.entry.name };
      return { dataset: await openNpyStack(source, { ...file, ...input, close: () => Promise.resolve(source[Symbol.asyncDispose]()) }) };
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
  },
};

import type { Writer } from './writer.ts';

/** All outputs of `convert` and of the export dialog. */
export const WRITERS: readonly Writer[] = [];

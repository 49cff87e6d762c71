import { text } from './en.ts';

/** Words of exports and jobs. */
export const exportText = {
  title: (name: string) => `Export ${name}`,
  format: 'Format', buffers: 'Buffers', from: 'From', to: 'to', step: 'every', target: 'Write to', choose: 'Choose', options: 'Options', preview: 'Picture of the view',
  ranges: { this: 'This', range: 'Range', all: 'All' },
  fits: 'Formats', refused: 'Not for this selection',
  byDefault: 'by default',
  what: (kind: string, buffers: number) => `${kind}, ${text.count.buffers(buffers)}`,
  frames: (names: readonly string[]) => names.join('; '),
  losses: 'Not kept', lossesJudged: 'Judged by the first buffer.', judging: 'Looking what the format keeps', nothingLost: 'Everything is kept: numbers, scales, masks and attributes.', cannotJudge: (reason: string) => `This cannot be written: ${reason}`,
  copyCommand: 'Copy as command', run: 'Export', replace: 'Replace', noTarget: 'Name the file to write.', fullPath: 'Full path of the file, in a folder that is there.',
  jobs: 'Jobs', running: (count: number) => `${count} exports`, progress: (done: number, total: number) => `${text.grouped(done)} of ${text.grouped(total)}`,
  rate: (rate: string, seconds: string) => `${rate} buffers/s, ${seconds} left`,
  cancel: 'Cancel', resume: 'Start again', again: 'Try again', forget: 'Remove from the list', reveal: 'Show in file manager', open: 'Open',
  done: (count: string, name: string) => `${count} written to ${name}.`,
  doneWithLosses: (count: string, name: string, losses: number) => `${count} written to ${name}; ${losses === 1 ? 'one thing was' : `${losses} things were`} not kept.`,
  cancelled: 'Cancelled. Started again it goes on with what was written, where the format has a file for each buffer.', failed: (name: string) => `The export to ${name} failed.`,
  hostEnded: 'The process that writes ended.', noJobs: 'No exports yet.',
  dragPicture: 'Drag to another program or to the file manager to get the picture as a PNG file',
  dragHint: 'Drag to the file manager to get this buffer as a file', dragFailed: (reason: string) => `Nothing can be dragged out: ${reason}`,
} as const;

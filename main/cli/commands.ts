/** The words that are commands; anything else in the first place is a path to open. */
export const COMMANDS: readonly string[] = [
  'info',
  'read',
  'plot',
  'tracks',
  'attributes',
  'check',
  'convert',
  'formats',
  'batch',
  'serve',
];

import type { ErrorCode } from '../../shared/model/data-error.ts';

const counted = (count: number, one: string, many: string): string => `${grouped(count)} ${count === 1 ? one : many}`;
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const codes: Readonly<Record<ErrorCode, string>> = {
  'not-found': 'not found', 'access-denied': 'access denied', 'unknown-format': 'unknown format', malformed: 'malformed', truncated: 'truncated',
  unsupported: 'unsupported', 'missing-companion': 'companion file missing', 'out-of-range': 'out of range', 'invalid-option': 'invalid option',
  'too-large': 'too large', exists: 'exists', aborted: 'cancelled', closed: 'closed', io: 'reading failed', internal: 'mistake of the program',
};

/** What happened, in a few words; the numbers follow in the message of the error. */
const headlines: Readonly<Record<ErrorCode, string>> = {
  'not-found': 'It is not there.', 'access-denied': 'It may not be read.', 'unknown-format': 'The format is not known.', malformed: 'The file contradicts itself.',
  truncated: 'The file ends too early.', unsupported: 'This cannot be decoded.', 'missing-companion': 'A file that belongs to it is missing.', 'out-of-range': 'There is no such place.',
  'invalid-option': 'An option does not fit.', 'too-large': 'It is too large.', exists: 'It exists already.', aborted: 'Opening was cancelled.', closed: 'It was closed.',
  io: 'Reading failed.', internal: 'The program made a mistake.',
};

/** All words of the window, in British English. */
export const text = {
  common: { close: 'Close', clear: 'Clear', cancel: 'Cancel', dismiss: 'Dismiss', of: 'of' },
  count: {
    buffers: (count: number) => counted(count, 'buffer', 'buffers'),
    partial: (present: number, all: number) => `${grouped(present)} of ${counted(all, 'buffer', 'buffers')}`,
    image: 'Images', images: (frames: number) => `Images, ${frames} frames`, vectors: (space: number, components: number) => `Vectors ${space}D${components}C`,
    steps: (count: number) => counted(count, 'step', 'steps'),
    datasets: (count: number) => counted(count, 'entry', 'entries'),
  },
  theme: { system: 'System', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  menus: { file: 'File', edit: 'Edit', view: 'View', data: 'Data', help: 'Help', recent: 'Open recent' },
  topBar: { menus: 'Menus', search: 'Search commands, data and attributes', settings: 'Settings', theme: 'Theme' },
  actions: {
    openFiles: 'Open files', openFolder: 'Open folder', openExample: 'Open example', openAs: 'Open with another reader', export: 'Export',
    closeView: 'Close view', closeAll: 'Close everything', clearRecent: 'Clear recent files',
    nextBuffer: 'Next buffer', previousBuffer: 'Previous buffer', forward: (count: number) => `${count} buffers forward`, back: (count: number) => `${count} buffers back`,
    firstBuffer: 'First buffer', lastBuffer: 'Last buffer', goTo: 'Go to buffer', play: 'Play', pause: 'Pause', loop: 'Loop', everyFrame: 'Play every frame', realTime: 'Play in real time',
    nextFrame: 'Next frame', previousFrame: 'Previous frame', nextPlane: 'Next plane', previousPlane: 'Previous plane',
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Fit picture', levelsOnce: 'Levels: set once', levelsLock: 'Levels: lock over buffers', levelsReset: 'Levels: reset',
    histogram: 'Histogram', pinReadOut: 'Pin read-out', mask: 'Mask', vectors: 'Vectors',
    copyPicture: 'Copy picture', copyReadOut: 'Copy read-out', copyAttributesText: 'Copy attributes as text', copyAttributesJson: 'Copy attributes as JSON',
    palette: 'Command palette', panelTree: 'Project panel', panelTimeline: 'Time line', panelInspector: 'Inspector', thumbnails: 'Thumbnails',
    split: 'Second view beside this one', pageDisplay: 'Inspector: display', pageAttributes: 'Inspector: attributes', nextPanel: 'Next panel', previousPanel: 'Previous panel',
    theme: (name: string) => `Theme: ${name.toLowerCase()}`, singleKeys: 'Single keys are commands', shortcuts: 'Keyboard shortcuts', formats: 'Formats and options', about: 'About Streakline',
  },
  welcome: {
    claim: 'Camera images, vector fields and image stacks, read from your files as they are.',
    drop: 'Drop files or folders here', dropNow: 'Drop to open', recognised: 'The format is recognised by content.', anyFile: 'Any file of a set opens the whole set at that place.',
    example: 'Example project: cylinder wake', exampleContent: 'Camera images, vectors with uncertainty and mask, statistics.', examplePicture: 'Vectors over vorticity behind a cylinder',
    noExample: 'The example project is not installed beside this program.',
    learn: 'Learn', recent: 'Recent', filterRecent: 'Filter recent', clearList: 'Clear list', noneFound: 'Nothing in the list contains this text.',
    noRecent: 'Nothing was opened yet. What you open is listed here.', notFound: 'not found', pin: 'Pin', unpin: 'Unpin', forget: 'Remove from the list',
    today: (clock: string) => `today ${clock}`, yesterday: 'yesterday', months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  },
  status: {
    bar: 'Status', ready: 'Ready', hover: 'Point at the picture to read values', index: 'index', raw: 'raw', pinned: 'pinned', cache: 'cache', noJobs: 'no jobs',
    opening: (name: string, count: number) => (count > 1 ? `opening ${name} and ${count - 1} more` : `opening ${name}`),
    theme: (name: string) => (name === 'System' ? 'theme follows the system' : `${name.toLowerCase()} theme`),
    states: { valid: 'valid', masked: 'masked', disabled: 'disabled', 'outside-choices': 'not computed (no choice)', blank: 'no data' },
  },
  host: {
    restarted: (reason: string, back: number, all: number) => `${reason} ${back} of ${counted(all, 'dataset', 'datasets')} reopened.`,
    workerRestarted: (title: string, reason: string) => `The reader of ${title || 'a dataset'} was started again: ${reason}`,
    down: (reason: string) => `${reason} Nothing can be read until it is started.`,
    start: 'Start the reader',
  },
  errors: {
    cannotOpen: (name: string) => `${name} cannot be opened.`,
    cannotOpenDrop: 'What was dropped cannot be opened.',
    dropEmpty: 'Nothing that was dropped is a file or a folder with files.',
    dropTooLarge: (files: number, mib: number, maxFiles: number, maxMib: number) =>
      `${counted(files, 'file', 'files')} with ${grouped(mib)} MB were dropped; through a browser at most ${grouped(maxFiles)} files with ${grouped(maxMib)} MB can be taken.`,
    dropMany: (opened: number, all: number) => `${grouped(opened)} of the ${grouped(all)} datasets that were dropped are opened.`,
    dropHint: 'Use "Open files": files that the server can see are read in place, whatever their size.',
    broken: 'This part of the window failed.', tryAgain: 'Try again', openAs: 'Choose a reader', copy: 'Copy', forget: 'Remove from recent',
    byte: (offset: string) => `byte ${offset}`,
    labels: { file: 'File', place: 'Place', code: 'Code', hint: 'Hint' },
    codes, headlines,
  },
  copied: { text: 'Copied.', refused: 'The browser did not allow access to the clipboard.' },
  openAs: {
    title: (name: string) => `Open ${name}`, unsure: 'It is not certain which reader fits this file.', unknown: 'No reader recognises this file. A reader can still be chosen.',
    reader: 'Reader', options: 'Options', noOptions: 'This reader has no options.', score: (percent: number) => `${percent} %`, open: 'Open', byDefault: 'as found in the file', yes: 'Yes', no: 'No', shapeHint: 'numbers with commas',
  },
  tree: {
    title: 'Project', label: 'Project tree', folder: 'Folder', filter: 'Filter by name', more: 'More', open: 'Open files', reading: 'Reading the folder', empty: 'Nothing in this folder.', noMatch: 'No name contains this text.',
    close: 'Close', closeFolder: 'Close folder', reveal: 'Show in file manager', copyPath: 'Copy path', refresh: 'Read folder again', openAs: 'Open with another reader', openSingle: 'Open only this file', warnings: 'Show warnings',
    files: (count: number) => counted(count, 'other file', 'other files'), foot: (open: number, notices: number) => `${counted(open, 'dataset', 'datasets')} open${notices > 0 ? `, ${notices} with notices` : ''}`,
    warningCount: (count: number) => counted(count, 'warning', 'warnings'), isOpen: 'open', failed: 'failed', moreActions: (name: string) => `Actions for ${name}`,
  },
  work: { empty: 'No view is open', emptyMore: 'Choose a dataset in the project, or drop files on the window.', noBuffers: 'No buffers', noBuffersMore: 'The set lists 0 buffers.', closeTab: (name: string) => `Close ${name}`, missing: (count: string, all: string) => `${count} of ${all} buffers are missing.`, warnings: (count: number) => `This dataset has ${counted(count, 'warning', 'warnings')}.`, show: 'Show list' },
  toolbar: { label: 'View tools', frame: 'Frame', plane: 'Plane', fitted: 'Fit' },
  timeline: {
    label: 'Time line', buffer: 'Buffer number', ofAll: (first: number, count: number) => (first === 1 ? `of ${grouped(count)}` : count === 1 ? 'the only one' : `of ${grouped(first)} to ${grouped(count - 1 + first)}`), acquisition: 'Acquisition', noTime: 'no time stored', speed: 'Speed', every: 'Every frame', real: 'Real time', mode: 'Play mode',
    rate: (rate: number) => `${rate} fps`, recorded: 'As recorded', measured: (rate: string, dropped: number) => `${rate} fps, ${dropped} dropped`, slider: 'Buffer',
    place: (number: number, all: string, time: string) => `buffer ${number}, ${all}${time ? `, ${time}` : ''}`,
  },
  attributes: {
    tree: 'Attributes', filter: 'Filter by name or value', copyText: 'Copy as text', copyJson: 'Copy as JSON', noMatch: 'No attribute contains this text.', noView: 'Open a dataset to see its attributes.',
    file: 'File', set: 'Dataset', buffer: (number: number, name: string) => `Buffer ${number}${name ? ` (${name})` : ''}`, frame: (number: number) => `Frame ${number}`, time: 'Acquisition time', timeSource: 'Acquisition time from',
    shown: (shown: number, all: number) => (shown === all ? counted(all, 'attribute', 'attributes') : `${grouped(shown)} of ${grouped(all)}`), copyRow: (name: string) => `Copy ${name}`,
    facts: { path: 'Path', format: 'Format', summary: 'Summary', buffers: 'Buffers', navigation: 'Navigation', sampleType: 'Sample type', typeId: 'Type', guessed: 'Guessed', size: 'Size', grid: 'Grid', components: 'Components', scaleX: 'Scale x', scaleY: 'Scale y', scaleZ: 'Scale z', scaleI: 'Scale of values' },
  },
  inspector: { label: 'Inspector', pages: 'Inspector pages', display: 'Display', attributes: 'Attributes', noView: 'Open a dataset to set how it is shown.' },
  palette: {
    title: 'Command palette', field: 'Commands, datasets and attributes', hint: 'Type a command; > commands, # attributes, : buffer number', found: (count: number, all: number) => `${count} of ${all}`, nothing: 'Nothing matches.',
    groups: { commands: 'Commands', datasets: 'Datasets', attributes: 'Attributes', go: 'Go to' }, run: 'run', stay: 'run and stay', close: 'close', goTo: (number: number) => `Go to buffer ${number}`,
  },
  shortcuts: { title: 'Keyboard shortcuts', singleKeys: 'Single keys', find: 'Find a command or press a key', nothing: 'No command has this name or key.',
    change: (command: string) => `Change the key of ${command}`, press: 'Press the new key', pressHint: 'Backspace: no key, Esc: as it was', own: (command: string) => `Own key of ${command} again`, allOwn: 'All own keys again',
    taken: (keys: string, command: string) => `${keys} is no longer the key of “${command}”.`, reserved: (keys: string) => `${keys} is needed by dialogs and fields.`, none: 'no key',
  },
  formats: { title: 'Formats and options', readers: 'Readers', extensions: 'Extensions', options: 'Options', none: 'none' },
  about: { title: 'About Streakline', version: 'Version', runs: 'Runs on', licence: 'Licence', licenceText: 'MIT', words: 'A viewer for scientific frame data. It reads files as they are, changes none of them and sends nothing anywhere.', browser: 'a browser, served from this computer' },
  goTo: { title: 'Go to buffer', label: 'Buffer', go: 'Go', range: (from: string, to: string) => `${from} to ${to}`, wrong: (from: string, to: string) => `A whole number from ${from} to ${to}.` },
  browse: { files: 'Open files', folder: 'Open folder', up: 'Up', path: 'Folder', go: 'Go', open: 'Open', openThis: 'Open this folder', list: 'Content of the folder', empty: 'This folder is empty.', reading: 'Reading the folder', folderKind: 'Folder', fileKind: 'File' },
  divider: { tree: 'Width of the project panel', inspector: 'Width of the inspector' },
  grouped,
} as const;

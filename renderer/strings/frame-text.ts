/** Texts of the frame view and of its inspector page. */
export const frameText = {
  actions: {
    blink: 'Blink frames', splitFrames: 'Frames side by side', splitCuts: 'Three cuts of the volume', space: 'Volume in space', link: 'Link views',
    flipX: 'Flip display left to right', flipY: 'Flip display top to bottom', blinkRate: 'Changes a second', perSecond: (rate: number) => `${rate} / s`,
  },
  titles: {
    place: (title: string, cut: 'xy' | 'xz' | 'zy', isVolume: boolean, frame: number | undefined) =>
      [title, isVolume && `${cut[0]} ${cut[1]}`, frame !== undefined && `frame ${frame}`].filter(Boolean).join(', '),
  },
  planes: { cut: 'Cut', cuts: { xy: 'x, y', xz: 'x, z', zy: 'z, y' }, slider: (axis: string) => `Plane ${axis}`, position: (axis: string) => `Position ${axis}`, line: (axis: string) => `Plane ${axis}, drag to move` },
  legend: { spread: (factor: string) => `± ${factor} u` },
  axes: { in: (name: string, unit: string) => `${name} in ${unit}`, index: { x: 'column', y: 'row', z: 'plane' } },
  bar: {
    low: (title: string) => `${title}, lower limit`, high: (title: string) => `${title}, upper limit`,
    locked: (title: string) => `${title}: limits locked over buffers`, perBuffer: (title: string) => `${title}: limits from each buffer`,
    reset: 'Double-click resets the limits', category: 'Classes', none: 'none', choices: ['choice 1', 'choice 2', 'choice 3', 'choice 4', '5, smoothed', '5, filled'], masked: 'masked', valid: 'valid', disabled: 'disabled', enabled: 'enabled',
  },
  picture: {
    label: (title: string, buffer: string) => `${title}, buffer ${buffer}`,
    range: (field: string, low: string, high: string, unit: string) => `${field} ${low} to ${high}${unit ? ` ${unit}` : ''}`,
    arrows: (shown: string) => `${shown} arrows`, empty: 'No picture yet', view: 'Picture', pinned: 'pinned',
  },
  loading: {
    what: (buffer: string, frame: string) => `Buffer ${buffer}${frame}`, frame: (frame: number) => `, frame ${frame}`, cancel: 'Cancel',
    amount: (width: string, height: string, field: string) => `${field}, ${width} × ${height}`, seconds: (seconds: number) => `${seconds} s`,
  },
  error: {
    title: (buffer: string) => `Buffer ${buffer} cannot be shown.`, tryAgain: 'Try again', next: (buffer: string) => `Next buffer: ${buffer}`, nextPresent: (buffer: string) => `Next buffer with data: ${buffer}`,
    missing: (buffer: string) => `Buffer ${buffer} is missing`, missingMore: (name: string) => `${name} is listed, but not in the folder.`,
    missingPlain: 'It is promised by the header, but not in the file.', blank: (buffer: string) => `Buffer ${buffer} is blank`, blankMore: 'It lies outside of the recorded frames.',
  },
  notice: { warnings: (count: number, first: string) => (count === 1 ? first : `${first} And ${count - 1} more.`), show: 'Show list', close: 'Close' },
  inspector: {
    waiting: 'The settings come with the first picture.',
    background: 'Background', vectors: 'Vectors', validity: 'Validity', overlays: 'Overlays', hideBackground: 'Show background', hideVectors: 'Show vectors',
    field: 'Field', map: 'Colour map', reversed: 'Reversed', limits: 'Limits', lower: 'Lower limit', upper: 'Upper limit', levels: 'Levels', auto: 'Auto', locked: 'Locked', perBuffer: 'Per buffer',
    autoHint: 'Set the limits once from this picture', percents: 'Percentiles', lowPercent: 'Lower percentile', highPercent: 'Upper percentile', symmetric: 'Zero-centred', transfer: 'Transfer', gamma: 'Exponent', smooth: 'Smooth', values: 'Values',
    transfers: { linear: 'Linear', log: 'Log', sqrt: 'Square root', gamma: 'Power' }, modes: { raw: 'As stored', scaled: 'Scaled', masked: 'Scaled, valid only' },
    colorBy: 'Colour by', oneColor: 'One colour', length: 'Length', lengthHint: 'Length of arrows', density: 'Density', adaptive: 'Adaptive', every: 'Every n-th', spacing: 'Spacing', everyX: 'in x', everyY: 'in y', anchor: 'Anchor', anchors: { tail: 'Tail', middle: 'Middle', head: 'Head' },
    shown: 'Shown', of: 'of', masked: 'Masked', hatched: 'hatched', disabled: 'Disabled', cross: 'cross', under: 'Under', over: 'Over', own: 'Own colours for samples under and over the limits', outside: 'Not computed', diamond: 'no choice', blank: 'Blank', notANumber: 'Not a number', inPart: 'in part', leftOut: 'left out', everyAxis: 'on all axes',
    choice: 'Choice', activeChoice: 'Active', choiceNames: ['1', '2', '3', '4', '5, smoothed', '5, filled'], storedChoice: (choice: number) => `stored ${choice}`, choiceTitle: 'Vector choice',
    uncertainty: 'Uncertainty', marks: { none: 'None', ellipse: 'Ellipse', box: 'Box' }, markSize: 'Half size', marksTooSmall: 'too small here',
    filter: 'Hide above', filterField: 'Hide by', filtered: 'Filtered', filteredHatch: 'hatched', filterThreshold: 'Threshold',
    mosaic: 'Bayer mosaic', mosaicOff: 'As stored', flips: 'Flip', flipX: 'left to right', flipY: 'top to bottom', colorNote: 'red, green, blue',
    referenceArrow: 'Reference arrow', scaleBar: 'Scale bar', histogram: 'Histograms', axes: 'Axes', physical: 'Physical', index: 'Index',
    groups: { derived: 'Derived', stored: 'Stored', validity: 'Validity', raw: 'As stored' }, kinds: { sequential: 'Sequential', diverging: 'Diverging', cyclic: 'Cyclic', rainbow: 'Rainbow' },
    categories: 'one colour a class',
  },
} as const;

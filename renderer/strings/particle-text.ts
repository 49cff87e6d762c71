import type { Differentiation } from '../../shared/model/track-selection.ts';
import { text } from './en.ts';

const { grouped } = text;
const counted = (count: number, one: string, many: string): string => `${grouped(count)} ${count === 1 ? one : many}`;
const ORDERS = { 1: 'linear', 2: 'quadratic', 3: 'cubic' } as const;

/** Words about particle sets. */
export const particleText = {
  cells: (title: string, cells: string): string => `${title}, ${cells.replaceAll('x', '×')} cells`,
  title: (title: string, pulse: number | undefined): string => (pulse === undefined ? title : `${title}, pulse ${pulse}`),
  facts: {
    steps: 'Steps', pulses: 'Pulses', particles: 'Particles', tracks: 'Tracks', startTime: 'Start time', bounds: (axis: string): string => `Bounds ${axis}`, storedBounds: (axis: string): string => `Bounds ${axis}, stored`,
    scale: (axis: string): string => `Scale ${axis}`, scalar: (name: string): string => `Scalar ${name}`, step: (number: number): string => `Step ${grouped(number)}`, here: 'Particles here', time: 'Time',
  },
  columns: {
    x: 'Position x', y: 'Position y', z: 'Position z', intensity: 'Intensity', u: 'Velocity u', v: 'Velocity v', w: 'Velocity w', speed: 'Speed |v|',
    ax: 'Acceleration x', ay: 'Acceleration y', az: 'Acceleration z', acceleration: 'Acceleration |a|', curvature: 'Curvature', id: 'Track number', length: 'Track length',
  },
  kinds: { motion: 'Along tracks', stored: 'Stored', track: 'Of the track' },
  picture: {
    view: 'Picture of particles', label: (title: string, step: string, points: string): string => `${title}, step ${step}${points === '' ? '' : `, ${points} particles`}`,
    none: (step: string): string => `Step ${step} holds no particles`, noneMore: 'The set lists this step with 0 particles.', nonePass: 'No particle passes the filters', nonePassMore: 'Filters, clip box or thinning leave nothing of this step.',
    thinned: (every: number): string => `every ${ordinal(every)} track drawn`, track: (id: number): string => `Track ${grouped(id)}`, untracked: 'No track', step: (number: number): string => `step ${grouped(number)}`, pulse: (number: number): string => `pulse ${number}`,
    failed: (step: string): string => `Step ${step} cannot be shown.`, tryAgain: 'Try again', noSteps: 'No steps', noStepsMore: 'The set lists 0 steps.',
    axis: (name: string, unit: string): string => (unit === '' ? `${name}, stored` : `${name} in ${unit}`),
  },
  loading: {
    tracks: 'Reading tracks', step: (number: string): string => `Step ${number}`, cancel: 'Cancel', seconds: (seconds: number): string => `${seconds} s`, percent: (share: number): string => `${Math.floor(100 * share)} %`,
    rest: (time: string): string => `${time} left`,
  },
  tools: {
    label: 'Tools of the particle view', pan: 'Pan', clip: 'Clip box', view: 'View', space: '3D', reset: 'Reset camera', projection: 'Projection', perspective: 'Perspective', orthographic: 'Orthographic',
    tail: 'Tail', tailHint: 'Steps of the tails before and after this one', before: 'Steps of the tail before', after: 'Steps of the tail after', steps: 'steps', mode: 'What is shown', window: 'Steps', all: 'All tracks', color: 'Colour', oneColor: 'One colour', pulse: 'Pulse', pulseNumber: (number: number): string => `Pulse ${number}`, panel: 'Tracks and plots',
  },
  actions: {
    window: 'Particles: steps with tails', all: 'Particles: all tracks', orthographic: 'Orthographic', plane: (axis: string, plane: string): string => `View along ${axis}: ${plane}`, space: 'View in space', reset: 'Reset camera',
    arrows: 'Arrows of particles', tails: 'Tails of particles', untracked: 'Particles without track', box: 'Bounding box', back: 'Back planes', clip: 'Clip box', follow: 'Follow selected track', panel: 'Tracks and plots', list: 'List of tracks',
    firstStep: 'Go to first step of the track', deselect: 'Select no track', filters: 'Inspector: filters', statistics: 'Inspector: statistics', resetFilters: 'Reset all filters', bin: 'Bin to a grid', copyParticle: 'Copy particle',
    pan: 'Pan instead of orbit',
  },
  inspector: {
    filters: 'Filters', statistics: 'Statistics', particles: 'Particles', colour: 'Colour', colorBy: 'Colour by', size: 'Size', sizeUnit: 'Unit of the size', points: 'Points', perStep: 'Per step', untracked: 'Without track', tails: 'Tails', fade: 'Fade', before: 'Before', after: 'After', arrows: 'Arrows',
    length: 'Length', tracks: 'Tails and arrows', space: 'Space', depthShading: 'Paler when far', box: 'Bounding box', back: 'Back planes', clip: 'Clip box', clipOn: 'Clip', whole: 'Whole box', motion: 'Velocity and acceleration', method: 'Method', difference: 'Difference', fit: 'Fit', order: 'Order', window: 'Window', low: (axis: string): string => `${axis}, low end`, high: (axis: string): string => `${axis}, high end`,
    orders: { 1: 'Linear', 2: 'Quadratic', 3: 'Cubic' }, pointsUnit: 'points', px: 'px', histogram: 'Histogram', mode: 'Show', slabAcross: 'Slab across', along: (axis: string): string => `Along ${axis}`, waiting: 'The settings come with the first picture.',
    drawn: 'Drawn', vertices: 'points of tails', byProcessor: 'by the processor', byGpu: 'by the graphics card',
  },
  filters: {
    pointCount: (count: number): string => counted(count, 'point', 'points'),
    only: 'Show only this track',
    shown: (all: number): string => `of ${grouped(all)} tracks shown`, particles: (count: number): string => `${counted(count, 'particle', 'particles')} drawn`, resetAll: 'Reset all', active: 'Active filters', none: 'All tracks pass. Add a condition with +.', add: 'Add filter', by: 'Column', on: (name: string): string => `${name}: in effect`,
    remove: (name: string): string => `Remove filter ${name}`, pass: (count: string): string => `${count} pass`, mean: (name: string): string => `Mean ${name.charAt(0).toLowerCase()}${name.slice(1)}`, meanOf: (name: string): string => `Mean of ${name}`, low: (name: string): string => `${name}, at least`, high: (name: string): string => `${name}, at most`, range: (name: string): string => `${name}, range`,
    box: 'Box', boxOn: 'Filter by a box', touch: 'touch it', inside: 'lie inside', must: 'Tracks must', thin: 'Thin out', every: 'Every n-th track', tracks: 'tracks', selected: (id: number): string => `Selected track ${grouped(id)}`, counting: 'counting', noTracks: 'This set has no tracks: filters count for single particles.', share: 'Part of the tracks shown',
    columns: { length: 'Track length', id: 'Track number' }, points: 'points', steps: 'Steps', to: 'to', fromView: 'From clip box', export: 'Export this selection', position: 'Position',
  },
  statistics: {
    overTime: 'Particles over time', perStep: 'particles', lengths: 'Lengths of tracks', length: 'length', min: 'Fewest', mean: 'Mean', max: 'Most', shortest: 'Shortest', median: 'Median', longest: 'Longest', reading: 'Reading the tables', total: 'Sum',
    value: 'Coloured column', of: (name: string): string => `${name} on the screen`, std: 'Std deviation', smallest: 'Smallest', largest: 'Largest',
  },
  panel: {
    label: 'Tracks and plots', plots: 'Plots', points: 'Points', tracks: 'All tracks', close: 'Close', copy: 'Copy points as a table', first: 'Go to its first step', follow: 'Follow: the picture moves with it', position: 'Position', speed: 'Speed', acceleration: 'Acceleration', none: 'No track is selected',
    noneMore: 'Press on a particle in the picture, or choose a track from the list.', reading: 'Reading the track', find: 'Track number', step: 'Step', pulse: 'Pulse', time: 'Time', id: 'Track', start: 'Start', startPulse: 'Start pulse', length: 'Length', axis: 'Horizontal axis', by: { step: 'Step', time: 'Time' },
    goTo: (step: number): string => `Go to step ${grouped(step)}`, plot: (title: string, unit: string): string => (unit === '' ? title : `${title} in ${unit}`), failed: 'The track cannot be read.', list: 'List of tracks', pointsOf: (id: number): string => `Points of track ${grouped(id)}`, readingList: 'Reading the list of tracks', listed: (count: number, all: number): string => `${grouped(count)} of ${grouped(all)} tracks pass`, onlyPassing: 'Only these', gap: 'gap', noValues: 'Too few points', from: (first: number, last: number): string => `steps ${grouped(first)} to ${grouped(last)}`, steps: (from: number, to: number): string => `${grouped(from)} to ${grouped(to)}`,
  },
  method: (how: Differentiation): string => (how.method === 'difference' ? 'central differences' : `${ORDERS[how.order]} fit over ${how.length} points`),
  status: {
    particle: 'particle', noTrack: 'no track', shown: 'shown', tracks: (count: number): string => (count === 1 ? 'track' : 'tracks'), points: (count: number): string => (count === 1 ? 'point' : 'points'), hover: 'Point at a particle to read its values', step: (number: number): string => `step ${grouped(number)}`,
  },
  time: {
    nextBuffer: 'Next step', previousBuffer: 'Previous step', forward: (count: number): string => `${count} steps forward`, back: (count: number): string => `${count} steps back`, firstBuffer: 'First step', lastBuffer: 'Last step', goTo: 'Go to step',
  },
  timeline: { step: 'Step number', time: 'Time', slider: 'Step', place: (number: number, all: string, time: string): string => `step ${number}, ${all}${time ? `, ${time}` : ''}`, pulses: (count: number, dt: string): string => `${count} pulses${dt === '' ? '' : `, Δt ${dt}`}`, goTo: (number: number): string => `Go to step ${number}`, title: 'Go to step', label: 'Step' },
  bin: {
    title: (name: string): string => `Bin ${name} to a grid`, cells: 'Cells', perStep: 'Steps per buffer', perStepHelp: (buffers: number): string => `${counted(buffers, 'buffer', 'buffers')} of vectors.`, least: 'Minimum count', leastHelp: 'Cells with fewer particles stay empty.', method: 'Velocity from', run: 'Open grid',
    cellsHelp: (count: number, particles: string, size: string): string => `${grouped(count)} cells of ${size}; about ${particles} particles each.`, along: (axis: string): string => `Cells along ${axis}`, failed: 'The grid cannot be opened.', reset: 'Propose',
  },
  exports: {
    title: (name: string): string => `Export ${name}`, which: 'Tracks', choices: { whole: 'All', filtered: 'As filtered' }, every: 'Every n-th track', add: 'Added scalars', addHelp: (method: string): string => `Computed by ${method}.`, steps: 'Steps', ranges: { this: 'This', range: 'Range', all: 'All' },
    what: (steps: number, tracks: string): string => `${text.count.steps(steps)}${tracks === '' ? '' : `, ${tracks}`}`, filtered: (shown: number, all: number): string => `${grouped(shown)} of ${grouped(all)} tracks`, noFilter: 'No filter is set.',
    done: (steps: number, name: string): string => `${text.count.steps(steps)} written to ${name}.`,
  },
} as const;

function ordinal(count: number): string {
  const last = count % 10;
  const teen = count % 100 >= 11 && count % 100 <= 13;
  return `${grouped(count)}${teen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}

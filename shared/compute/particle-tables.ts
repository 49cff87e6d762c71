import type { ParticleDatasetInfo, TableInfo } from '../model/dataset.ts';
import type { ParticleTimes, TrackTable } from '../model/particles.ts';
import type { Table } from '../model/table.ts';

const TIME_COLUMNS: TableInfo['columns'] = [
  { name: 'step', dtype: 'u4', unit: '' },
  { name: 'pulse', dtype: 'u1', unit: '' },
  { name: 'time', dtype: 'f8', unit: 's' },
];

const TRACK_COLUMNS: TableInfo['columns'] = [
  { name: 'id', dtype: 'u4', unit: '' },
  { name: 'startStep', dtype: 'u4', unit: '' },
  { name: 'startPulse', dtype: 'u1', unit: '' },
  { name: 'length', dtype: 'u4', unit: '' },
];

const COUNT_COLUMNS: TableInfo['columns'] = [
  ...TIME_COLUMNS,
  { name: 'particles', dtype: 'u4', unit: '' },
  { name: 'tracks', dtype: 'u4', unit: '' },
];

const LENGTH_COLUMNS: TableInfo['columns'] = [
  { name: 'length', dtype: 'u4', unit: '' },
  { name: 'tracks', dtype: 'u4', unit: '' },
];

/** The tables of a particle set: times and counts a pulse, tracks, and how many tracks there are of each length. */
export function particleTables(snapshots: number, tracks: number): readonly TableInfo[] {
  return [
    { name: 'times', rows: snapshots, columns: TIME_COLUMNS },
    { name: 'tracks', rows: tracks, columns: TRACK_COLUMNS },
    { name: 'counts', rows: snapshots, columns: COUNT_COLUMNS },
    { name: 'lengths', columns: LENGTH_COLUMNS },
  ];
}

/** A row a pulse from row `from` on. */
export function particleTimeTable({ pulses }: ParticleDatasetInfo, times: ParticleTimes, from: number): Table {
  const rows = times.length - from;
  const place = (row: number): number => from + row;
  return {
    name: 'times',
    rows,
    columns: [
      {
        name: 'step',
        unit: '',
        dtype: 'u4',
        width: 1,
        values: Uint32Array.from({ length: rows }, (_, row) => Math.floor(place(row) / pulses)),
      },
      { name: 'pulse', unit: '', dtype: 'u1', width: 1, values: Uint8Array.from({ length: rows }, (_, row) => place(row) % pulses) },
      { name: 'time', unit: 's', dtype: 'f8', width: 1, values: times.slice(from) },
    ],
  };
}

/** A row a pulse from row `from` on: its particles, and the tracks that go through it. */
export function particleCountTable(
  info: ParticleDatasetInfo,
  times: ParticleTimes,
  counts: Uint32Array,
  tracks: TrackTable,
  from: number,
): Table {
  const { columns, rows } = particleTimeTable(info, times, from);
  return {
    name: 'counts',
    rows,
    columns: [
      ...columns,
      { name: 'particles', unit: '', dtype: 'u4', width: 1, values: counts.slice(from) },
      { name: 'tracks', unit: '', dtype: 'u4', width: 1, values: tracksThrough(info, tracks).slice(from) },
    ],
  };
}

function tracksThrough({ steps, pulses }: ParticleDatasetInfo, { startStep, startPulse, length }: TrackTable): Uint32Array {
  const snapshots = steps * pulses;
  const begun = new Int32Array(snapshots + 1);
  for (let id = 0; id < length.length; id++) {
    const start = Math.min(snapshots, (startStep[id] as number) * pulses + (startPulse[id] as number));
    const end = Math.min(snapshots, start + (length[id] as number));
    begun[start] = (begun[start] as number) + 1;
    begun[end] = (begun[end] as number) - 1;
  }
  let open = 0;
  return Uint32Array.from({ length: snapshots }, (_, s) => (open += begun[s] as number));
}

/** A row a length, from 1 to the longest. Lengths beyond the set are damage of their track and not counted. */
export function lengthTable({ steps, pulses }: ParticleDatasetInfo, { length }: TrackTable, from: number): Table {
  const most = steps * pulses;
  const tracks = new Uint32Array(most);
  let longest = 0;
  for (const points of length) {
    if (points === 0 || points > most) continue;
    tracks[points - 1] = (tracks[points - 1] as number) + 1;
    longest = Math.max(longest, points);
  }
  const rows = Math.max(0, longest - from);
  return {
    name: 'lengths',
    rows,
    columns: [
      { name: 'length', unit: '', dtype: 'u4', width: 1, values: Uint32Array.from({ length: rows }, (_, row) => from + row + 1) },
      { name: 'tracks', unit: '', dtype: 'u4', width: 1, values: tracks.slice(from, from + rows) },
    ],
  };
}

/** A row a track. */
export function trackTableOf({ from, startStep, startPulse, length }: TrackTable): Table {
  return {
    name: 'tracks',
    rows: length.length,
    columns: [
      { name: 'id', unit: '', dtype: 'u4', width: 1, values: Uint32Array.from(length, (_, row) => from + row) },
      { name: 'startStep', unit: '', dtype: 'u4', width: 1, values: startStep },
      { name: 'startPulse', unit: '', dtype: 'u1', width: 1, values: startPulse },
      { name: 'length', unit: '', dtype: 'u4', width: 1, values: length },
    ],
  };
}

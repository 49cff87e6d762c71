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

/** The tables of a particle set. */
export function particleTables(snapshots: number, tracks: number): readonly TableInfo[] {
  return [
    { name: 'times', rows: snapshots, columns: TIME_COLUMNS },
    { name: 'tracks', rows: tracks, columns: TRACK_COLUMNS },
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
      { name: 'step', unit: '', dtype: 'u4', width: 1, values: Uint32Array.from({ length: rows }, (_, row) => Math.floor(place(row) / pulses)) },
      { name: 'pulse', unit: '', dtype: 'u1', width: 1, values: Uint8Array.from({ length: rows }, (_, row) => place(row) % pulses) },
      { name: 'time', unit: 's', dtype: 'f8', width: 1, values: times.slice(from) },
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

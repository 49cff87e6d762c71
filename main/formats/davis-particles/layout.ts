import type { FieldTable } from '../../codecs/field-table.ts';

/*
 * Byte layouts of DaVis particle sets (ParticleField). Sources: files written by lvpyio 1.5.0 and read back, patched files read with it, and
 * the public set Tracks_Cylinder_Wake. All numbers are little endian, records are packed. docs/formats/davis-particles.md has the whole story.
 */

export const FILES = {
  info: 'info.bin',
  positions: 'snapshotpositions.bin',
  tracks: 'tracks.bin',
  shapes: 'shapes.bin',
  scales: 'scales.xml',
  attributes: 'attributes.attr',
  blockAttributes: 'attributesblocks.attr',
} as const;

/** snapshots.bin, then snapshots_1.bin ... */
export function snapshotsFile(number: number): string {
  return number === 0 ? 'snapshots.bin' : `snapshots_${number}.bin`;
}

export function scalarsFile(number: number): string {
  return `scalars_${number}.bin`;
}

export const INFO_VERSION = 2;
export const INFO_BYTES = 112;
export const INFO = {
  pulses: [4, 'u32'],
  blocks: [8, 'u32'],
  scalars: [12, 'u32'],
  minX: [16, 'f64'],
  minY: [24, 'f64'],
  minZ: [32, 'f64'],
  maxX: [40, 'f64'],
  maxY: [48, 'f64'],
  maxZ: [56, 'f64'],
} as const satisfies FieldTable;

/** A second box follows, of unknown meaning; in every known set it is the empty one. */
export const SECOND_BOX_AT = 64;
export const EMPTY_BOX: readonly number[] = [1, 1, 1, -1, -1, -1].map((sign) => sign * Number.MAX_VALUE);

/** info.bin of versions 0 and 1; the bounds are there from version 1 on. */
export const OLD_INFO_BYTES = 32;
export const OLD_INFO_BOUNDED_BYTES = 56;
export const OLD_INFO = { snapshots: [4, 'u32'], start: [8, 'f64'], step: [16, 'f64'] } as const satisfies FieldTable;
export const OLD_INFO_BOUNDS = {
  minX: [32, 'f32'],
  minY: [36, 'f32'],
  minZ: [40, 'f32'],
  maxX: [44, 'f32'],
  maxY: [48, 'f32'],
  maxZ: [52, 'f32'],
} as const satisfies FieldTable;

export const SNAPSHOTS_HEADER_BYTES = 16;
export const SNAPSHOTS_HEADER = {
  version: [0, 'u32'],
  snapshots: [4, 'u32'],
  headBytes: [8, 'u32'],
  particleBytes: [12, 'u32'],
} as const satisfies FieldTable;

/** A snapshot is a head that begins with the number of particles, then the particles; both are whole 4-byte words. */
export interface SnapshotLayout {
  readonly version: number;
  readonly headBytes: number;
  readonly particleBytes: number;
}
export const SNAPSHOT: SnapshotLayout = { version: 1, headBytes: 24, particleBytes: 32 };
/** The head is u32 count, u32 snapshot number and 8 bytes that are not used. */
export const OLD_SNAPSHOT: SnapshotLayout = { version: 0, headBytes: 16, particleBytes: 24 };

/** Words of a particle: u64 track, f32 x y z intensity, and in the present layout i32 previous and next. */
export const PARTICLE_WORD = { trackLow: 0, trackHigh: 1, x: 2, y: 3, z: 4, intensity: 5, previous: 6, next: 7 } as const;
/** Both words of the track number of a particle without track. */
export const NO_TRACK_WORD = 0xffffffff;

/** A record of snapshotpositions.bin. Times are i64 seconds and i64 picoseconds. */
export const POSITION_BYTES = 49;
export const POSITION_AT = {
  present: 0,
  file: 1,
  offset: 5,
  scalarOffset: 13,
  shapeOffset: 21,
  count: 29,
  seconds: 33,
  picoseconds: 41,
} as const;

export const TRACKS_HEADER_BYTES = 16;
export const TRACKS_HEADER = { version: [0, 'u32'], count: [4, 'u64'], recordBytes: [12, 'u32'] } as const satisfies FieldTable;
export const TRACKS_VERSION = 2;
/** u32 first snapshot, u32 index of the first particle in it, u32 length. */
export const TRACK_BYTES = 12;

/** Heads of tracks.bin versions 0 and 1, each followed by a u32 particle index per snapshot. The box is f32 xmin, xmax, ymin, ymax, zmin, zmax. */
export const OLD_TRACK_HEADS: readonly { readonly bytes: number; readonly lengthAt: number; readonly boxAt: number }[] = [
  { bytes: 48, lengthAt: 20, boxAt: 24 },
  { bytes: 40, lengthAt: 12, boxAt: 16 },
];

/** Attribute files: this header, records, u64 offsets of the records, u32 number of records. */
export const ATTRIBUTES_HEADER_BYTES = 1024;
/** i32 type, u32 bytes of the name, u32 bytes of the value. */
export const ATTRIBUTE_HEAD_BYTES = 12;
export const ATTRIBUTE_TYPE = { end: 0, endOfBlock: -1, text: 1 } as const;
export const ATTRIBUTE_ARRAYS = { 2: 'u2', 3: 'i4', 4: 'f4', 5: 'f8' } as const;

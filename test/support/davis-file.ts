/** A small writer of DaVis files for tests: the parts that a test names, zeros elsewhere. */

export interface Section {
  readonly entry: number;
  readonly bytes: Uint8Array;
}

export interface DavisFile {
  readonly width: number;
  readonly height: number;
  readonly planes?: number;
  readonly frames?: number;
  readonly format?: number;
  readonly pack?: number;
  readonly data: Uint8Array;
  readonly items?: readonly Uint8Array[];
  readonly sections?: readonly Section[];
  readonly isValid?: number;
}

const HEADER_BYTES = 256;
const TABLE_BYTES = 256;
const FLAG_OFFSET_TABLE = 1;

export function davisFile(file: DavisFile): Uint8Array {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  header.setInt16(2, file.pack ?? 0, true);
  header.setInt16(4, file.format ?? -4, true);
  [file.width, file.height, file.planes ?? 1, file.frames ?? 1].forEach((size, i) => header.setInt32(8 + 4 * i, size, true));
  header.setInt16(26, 1, true);
  header.setInt16(28, file.sections ? FLAG_OFFSET_TABLE : 0, true);
  header.setInt16(30, 2, true);
  header.setInt16(36, file.isValid ?? 0, true);
  const parts = [new Uint8Array(header.buffer), file.data, ...(file.items ?? []), item(0, new Uint8Array(0))];
  if (file.sections) parts.push(...withTable(file, file.sections));
  return joined(parts);
}

function withTable(file: DavisFile, sections: readonly Section[]): Uint8Array[] {
  const table = new DataView(new ArrayBuffer(TABLE_BYTES));
  let offset = HEADER_BYTES + file.data.byteLength;
  table.setBigUint64(0, BigInt(offset), true);
  offset += (file.items ?? []).reduce((sum, part) => sum + part.byteLength, 8);
  for (const { entry, bytes } of sections) {
    table.setBigUint64(8 * entry, BigInt(offset), true);
    offset += bytes.byteLength;
  }
  return [...sections.map(({ bytes }) => bytes), new Uint8Array(table.buffer)];
}

/** An attribute item; `size` lies about the length of the data. */
export function item(kind: number, data: Uint8Array, size = data.byteLength): Uint8Array {
  return joined([integers(kind, size), data]);
}

export function textItem(name: string, value: string): Uint8Array {
  return item(6, latin1Bytes(`${name}=${value}`));
}

/** i32 numbers, little endian. */
export function integers(...numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(numbers).buffer);
}

export function words(...numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(numbers).buffer);
}

export function floats(...numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(numbers).buffer);
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A scalar record of f32 samples whose data are given as they stand in the file (raw, or packed). */
export function scalarRecord(name: string, size: readonly [number, number, number, number], data: Uint8Array, format = -3): Uint8Array {
  const text = (value: string): Uint8Array =>
    joined([integers(value.length), latin1Bytes(value), new Uint8Array(value.length > 0 ? 1 : 0)]);
  return joined([integers(...size, 1, format), text(name), ...Array.from({ length: 5 }, () => text('1 0\0mm\0')), data]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

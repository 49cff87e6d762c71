import { bytesOf, sampleBytes, type TypedArray } from '../../shared/model/dtype.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { NPZ_PARTICLES } from '../codecs/particle-layout.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';
import type { AtomicFile } from './atomic-file.ts';
import type { ColumnFile, ColumnSpec } from './column-file.ts';
import { archiveNames } from './column-names.ts';
import { createZipFile, type GrowingMember } from './zip-file.ts';

/** NumPy archive: an array [rows] a column. */
export async function beginNpz(file: AtomicFile, columns: readonly ColumnSpec[], rows: number): Promise<ColumnFile> {
  const zip = createZipFile(file);
  const names = archiveNames(columns);
  const members: GrowingMember[] = [];
  for (const [i, { dtype }] of columns.entries()) {
    const header = npyHeaderBytes(sampleTypeText({ dtype, littleEndian: true }), [rows]);
    const member = zip.begin(`${names[i]}.npy`, header.byteLength + rows * sampleBytes(dtype));
    await member.append(header);
    members.push(member);
  }
  return {
    append: async (values) => {
      for (const [i, member] of members.entries()) await member.append(bytesOf(values[i] as TypedArray));
    },
    finish: async (description) => {
      if (description !== undefined) await zip.addText(NPZ_PARTICLES, description);
      await zip.finish();
    },
  };
}

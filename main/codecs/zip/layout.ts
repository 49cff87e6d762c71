/*
 * ZIP, after PKWARE's APPNOTE 6.3: little endian.
 *   local header   PK 03 04, 30 bytes, name, extra; then the data of the member
 *   directory      one PK 01 02 entry a member: 46 bytes, name, extra, comment
 *   end            [PK 06 06 ZIP64 end, 56 bytes; PK 06 07 its locator, 20 bytes]; PK 05 06 end, 22 bytes, comment
 * ZIP64: a field of all ones stands for the 8-byte number in extra field 1, in the order size, packed size, offset.
 */
export const LOCAL_SIGNATURE = 0x04034b50;
export const ENTRY_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const END64_SIGNATURE = 0x06064b50;
export const LOCATOR64_SIGNATURE = 0x07064b50;

export const LOCAL_BYTES = 30;
export const ENTRY_BYTES = 46;
export const END_BYTES = 22;
export const END64_BYTES = 56;
export const LOCATOR64_BYTES = 20;
export const MAX_COMMENT_BYTES = 0xffff;

export const EXTRA_ZIP64 = 1;
/** Bit 0 of the flags: encrypted; bit 11: the name is UTF-8. */
export const FLAG_ENCRYPTED = 1;
export const FLAG_UTF8 = 0x800;
export const METHOD_STORED = 0;
export const METHOD_DEFLATED = 8;
/** A 4-byte field of all ones refers to the ZIP64 extra field. */
export const IN_EXTRA = 0xffffffff;

/** A member of an archive, as its directory has it. */
export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflate. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of the local header. */
  readonly offset: number;
}

/** What codecs need of a file: random access to its bytes. Every ByteSource is one. */
export interface ByteReader {
  /** Shown in errors. */
  readonly name: string;
  readonly size: number;
  /** Exactly `length` bytes in a fresh array; `truncated` where the file is shorter. */
  read(offset: number, length: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<Uint8Array>;
}

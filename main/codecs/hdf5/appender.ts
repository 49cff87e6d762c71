/** The end of a file that grows. */
export interface Appender {
  position(): number;
  /** The address of the bytes. */
  append(bytes: Uint8Array): Promise<number>;
}

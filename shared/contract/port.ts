/** A two-way channel for structured-cloneable messages: DOM ports, worker threads and Electron's ports behind one face. */
export interface Port {
  /** `transfer` lists buffers that may move instead of being copied; adapters of channels that always copy leave it out. */
  post(message: unknown, transfer?: readonly unknown[]): void;
  onMessage(listener: (message: unknown) => void): void;
  close(): void;
}

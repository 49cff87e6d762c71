import type { Port } from '../../shared/contract/port.ts';

/** Electron's MessagePortMain, as far as it is used. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/**
 * A port to a page. Electron copies buffers and refuses them in its transfer list, so nothing is listed. Messages are heard in a task of their
 * own: inside of the port's own callback Electron 22 looks for unhandled rejections before promises had their turn, and ends the process for
 * errors that are about to be handled.
 */
export function electronPort(port: ElectronPort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => setImmediate(() => listener(event.data)));
      port.start();
    },
    close: () => port.close(),
  };
}

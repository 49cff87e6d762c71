import type { Port } from './port.ts';

/** A page's or worker's MessagePort. Nothing is transferred: the other end may be another process, where a transferred buffer gets lost. */
export function domPort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      // Setting onmessage also starts the port.
      port.onmessage = (event: MessageEvent<unknown>) => listener(event.data);
    },
    close: () => port.close(),
  };
}

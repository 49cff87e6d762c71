import type { MessagePort, TransferListItem } from 'node:worker_threads';
import type { Port } from '../../shared/contract/port.ts';

type Ends = Pick<MessagePort, 'postMessage'> & {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  close?(): void;
  start?(): void;
};

/** A port between threads: a MessagePort, a Worker seen from outside, or parentPort inside. Listed buffers move without a copy. */
export function threadPort(end: Ends): Port {
  return {
    post: (message, transfer = []) => end.postMessage(message, transfer as readonly TransferListItem[] as TransferListItem[]),
    onMessage: (listener) => {
      end.on('message', listener);
      end.start?.();
    },
    close: () => end.close?.(),
  };
}

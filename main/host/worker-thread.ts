import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Port } from '../../shared/contract/port.ts';
import { threadPort } from './thread-port.ts';

/** What a dataset worker is told at its start. */
export interface WorkerSetup {
  readonly root?: string;
  readonly budget: number;
}

/** Where the worker's own files lie. */
export interface WorkerPlace {
  /** Filter plugins of the HDF5 library. */
  readonly plugins: string;
}

/** Message to a dataset worker beside its calls: its share of the memory changed. */
export interface BudgetMessage {
  readonly kind: 'budget';
  readonly bytes: number;
}

export interface WorkerThread {
  readonly port: Port;
  /** Called once when the thread has ended by itself, with the reason. */
  onExit(listener: (reason: string) => void): void;
  terminate(): Promise<void>;
}

export type StartWorker = (setup: WorkerSetup) => WorkerThread;

/** Starts workers from a built dataset-worker.mjs. */
export function startWorkerAt(file: string): StartWorker {
  return (setup) => {
    const place: WorkerPlace = { plugins: join(dirname(file), 'plugins') };
    const worker = new Worker(file, { workerData: { ...setup, ...place } });
    let reason: string | undefined;
    let ended = false;
    worker.on('error', (error) => {
      reason = error.message;
    });
    return {
      port: threadPort(worker),
      onExit: (listener) => {
        worker.on('exit', (code) => {
          if (!ended) listener(reason ?? `exit code ${code}`);
        });
      },
      terminate: async () => {
        ended = true;
        await worker.terminate();
      },
    };
  };
}

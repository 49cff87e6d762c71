import { abortedError } from '../../shared/model/data-error.ts';

interface Flight<V> {
  readonly promise: Promise<V>;
  readonly controller: AbortController;
  waiting: number;
}

/** Runs equal work once: `start` for the first who wants a key, its promise for all. */
export interface SharedFlights<K, V> {
  run(key: K, start: (signal: AbortSignal) => Promise<V>, signal?: AbortSignal): Promise<V>;
  has(key: K): boolean;
}

/** The work of a key is aborted only when all who wanted it have gone; who goes is told `aborted` at once. */
export function sharedFlights<K, V>(): SharedFlights<K, V> {
  const flights = new Map<K, Flight<V>>();

  const begin = (key: K, start: (signal: AbortSignal) => Promise<V>): Flight<V> => {
    const controller = new AbortController();
    const promise = start(controller.signal).finally(() => {
      if (flights.get(key)?.promise === promise) flights.delete(key);
    });
    // Where all have gone nobody listens to the failure that follows the abort.
    promise.catch(() => undefined);
    const flight = { promise, controller, waiting: 0 };
    flights.set(key, flight);
    return flight;
  };

  return {
    has: (key) => flights.has(key),
    run: (key, start, signal) => {
      if (signal?.aborted) return Promise.reject(abortedError());
      const flight = flights.get(key) ?? begin(key, start);
      flight.waiting += 1;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          flight.waiting -= 1;
          if (flight.waiting === 0) {
            // An abandoned flight must not serve who comes next.
            if (flights.get(key) === flight) flights.delete(key);
            flight.controller.abort();
          }
          reject(abortedError());
        };
        signal?.addEventListener('abort', leave, { once: true });
        const settled = (): void => signal?.removeEventListener('abort', leave);
        flight.promise.then(
          (value) => {
            settled();
            resolve(value);
          },
          (error: unknown) => {
            settled();
            reject(error);
          },
        );
      });
    },
  };
}

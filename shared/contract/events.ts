import type { EventName, Events } from './methods.ts';

/** One event as it travels. */
export type EventMessage = { readonly [E in EventName]: { readonly event: E; readonly value: Events[E] } }[EventName];

export type EventListener = (message: EventMessage) => void;

/** Adds a listener, returns the function that removes it. */
export type Subscribe = (listener: EventListener) => () => void;

/** Listeners by event; the receiving half of a transport. */
export interface EventTargets {
  on<E extends EventName>(event: E, listener: (value: Events[E]) => void): () => void;
  fire: EventListener;
}

export function eventTargets(): EventTargets {
  const listeners = new Set<EventListener>();
  return {
    on: (event, listener) => {
      const heard: EventListener = (message) => {
        // The name decides the type of the value; the compiler cannot follow that through a generic key.
        if (message.event === event) listener(message.value as Parameters<typeof listener>[0]);
      };
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    fire: (message) => {
      for (const listener of [...listeners]) listener(message);
    },
  };
}

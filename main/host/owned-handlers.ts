import type { Handlers } from '../../shared/contract/methods.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';

/** The same handlers for one client, whose datasets are closed when it goes: a page that was reloaded or crashed asks for none of them again. */
export function ownedHandlers(handlers: Handlers): { readonly handlers: Handlers; release(): void } {
  const own = new Set<DatasetId>();
  const signal = new AbortController().signal;
  let released = false;
  const close = (dataset: DatasetId): void => {
    handlers.close({ dataset }, { signal, arrays: [] }).catch(() => undefined);
  };
  const keep = async (opening: ReturnType<Handlers['open']>): ReturnType<Handlers['open']> => {
    const opened = await opening;
    if (released) close(opened.meta.id);
    else own.add(opened.meta.id);
    return opened;
  };
  return {
    handlers: {
      ...handlers,
      open: (params, call) => keep(handlers.open(params, call)),
      openBytes: (params, call) => keep(handlers.openBytes(params, call)),
      openBeside: (params, call) => keep(handlers.openBeside(params, call)),
      close: (params, call) => {
        own.delete(params.dataset);
        return handlers.close(params, call);
      },
    },
    release: () => {
      released = true;
      own.forEach(close);
    },
  };
}

import type { Transport } from '../../shared/contract/methods.ts';
import type { OpenedDataset } from '../../shared/contract/opened.ts';
import type { Payload } from '../../shared/contract/payload.ts';
import type { OpenRequest } from './dataset-opener.ts';

/** Opens a path or named bytes in the session at the other end. */
export function openThrough(transport: Transport, request: OpenRequest, signal: AbortSignal | undefined): Promise<Payload<OpenedDataset>> {
  if ('path' in request) return transport.call('open', request, { signal });
  const { arrays, ...params } = request;
  return transport.call('openBytes', params, { signal, arrays });
}

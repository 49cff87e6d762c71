import type { Transport } from '../../shared/contract/methods.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import type { Glance } from '../../shared/contract/planes.ts';
import type { BarStatistics, Place } from '../stores/view-store.ts';
import type { Cut } from '../../shared/model/cut.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { StatisticsWish } from './fetch-plan.ts';
import type { FieldSet, Shortage } from './field-sets.ts';
import { fieldKey } from './fetch-plan.ts';
import type { ShownBuffer } from './messages.ts';

/** The host as the draw worker uses it. */
export interface HostAccess {
  buffer(dataset: DatasetId, index: number, signal: AbortSignal): Promise<ShownBuffer>;
  fields(dataset: DatasetId, place: Place, shortage: Shortage, signal: AbortSignal): Promise<FieldSet>;
  statistics(dataset: DatasetId, place: Place, wish: StatisticsWish, signal: AbortSignal): Promise<BarStatistics>;
  /** Facts kept of the dataset are asked for again. */
  forget(dataset: DatasetId): void;
}

/** Buffers whose facts are kept; browsing to and fro then costs one call less. */
const KEPT_BUFFERS = 64;

/** Component whose samples are mostly all 0. */
const STATE = 'state';

/** A place as calls take it: what is absent is left out. */
export function placeParams({ buffer, frame, plane, cut }: Place): { buffer: number; frame: number; plane: number; cut?: Cut } {
  return { buffer, frame, plane, ...(cut ? { cut } : {}) };
}

/** `glance`: for small pictures, see the contract. */
export function hostAccess(transport: Transport, { glance }: Glance = {}): HostAccess {
  const how = glance ? { glance } : {};
  const buffers = new Map<string, ShownBuffer>();
  return {
    async buffer(dataset, index, signal) {
      const key = `${dataset} ${index}`;
      const known = buffers.get(key);
      if (known) return known;
      const { meta } = await transport.call('buffer', { dataset, buffer: index, ...how }, { signal });
      const oldest = buffers.keys().next();
      if (buffers.size >= KEPT_BUFFERS && !oldest.done) buffers.delete(oldest.value);
      buffers.set(key, meta);
      return meta;
    },
    async fields(dataset, place, { window, requests }, signal) {
      const wishes = requests.map((request) => (request.component === STATE ? { ...request, brief: true as const } : request));
      const { meta, arrays } = await transport.call(
        'planes',
        { dataset, ...placeParams(place), fields: wishes, window, ...how },
        { signal },
      );
      const fields = new Map(
        requests.map((request, index) => {
          const array = arrays[index];
          if (!array) throw new DataError('internal', `The host sent ${arrays.length} of ${requests.length} fields.`);
          const isBrief = request.component === STATE && array.data.length === 0;
          return [fieldKey(request), isBrief ? new Uint8Array(meta.width * meta.height) : array.data] as const;
        }),
      );
      return { window: meta.window, width: meta.width, height: meta.height, fields };
    },
    async statistics(dataset, place, wish, signal) {
      const { meta, arrays } = await transport.call('statistics', { dataset, ...placeParams(place), ...wish, ...how }, { signal });
      return { statistics: meta, histogram: Array.from(arrays[0]?.data ?? [], Number) };
    },
    forget(dataset) {
      for (const key of buffers.keys()) if (key.startsWith(`${dataset} `)) buffers.delete(key);
    },
  };
}

import type { TrackFacts } from '../../../shared/compute/particles/track-facts.ts';
import type { Transport } from '../../../shared/contract/methods.ts';
import type { LayerRequest, TrackFactsRequest, TrackPointsRequest } from '../../../shared/contract/particles.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { DType, TypedArray } from '../../../shared/model/dtype.ts';

/** The particles of one pulse of one step as the host sends them; stored positions. */
export interface LayerArrays {
  readonly total: number;
  readonly xyz: Float32Array;
  readonly track: Uint32Array;
  readonly next: Uint32Array;
  /** In the order of the request. */
  readonly columns: readonly Float32Array[];
}

export interface TrackPointArrays {
  readonly step: Uint32Array;
  readonly pulse: Uint8Array;
  readonly columns: readonly Float64Array[];
}

/** The calls of particle sets as the draw worker uses them. */
export interface ParticleAccess {
  layer(request: LayerRequest, signal: AbortSignal): Promise<LayerArrays>;
  facts(request: TrackFactsRequest, signal: AbortSignal): Promise<TrackFacts>;
  points(request: TrackPointsRequest, signal: AbortSignal): Promise<TrackPointArrays>;
  /** How far the host is with the facts of tracks. */
  onFacts(listener: (dataset: string, done: number, total: number) => void): () => void;
}

export function particleAccess(transport: Transport): ParticleAccess {
  return {
    async layer(request, signal) {
      const { meta, arrays } = await transport.call('layer', request, { signal });
      const take = reader(arrays);
      const [xyz, track, next] = [take(Float32Array), take(Uint32Array), take(Uint32Array)];
      const columns = request.columns.map(() => take(Float32Array));
      if (xyz.length !== 3 * track.length || next.length !== track.length || columns.some(({ length }) => length !== track.length)) {
        throw new DataError(
          'internal',
          `The host sent ${xyz.length / 3} positions and ${track.length} track numbers of step ${request.step}.`,
        );
      }
      return { total: meta.total, xyz, track, next, columns };
    },
    async facts(request, signal) {
      const { meta, arrays } = await transport.call('trackFacts', request, { signal });
      const take = reader(arrays);
      const [startStep, startPulse, length] = [take(Uint32Array), take(Uint8Array), take(Uint32Array)];
      const box = request.box ? { box: take(Float32Array) } : {};
      return {
        startStep,
        startPulse,
        length,
        ...box,
        means: new Map(request.columns.map((name) => [name, take(Float32Array)])),
        warnings: meta.warnings,
      };
    },
    async points(request, signal) {
      const { arrays } = await transport.call('trackPoints', request, { signal });
      const take = reader(arrays);
      const [step, pulse] = [take(Uint32Array), take(Uint8Array)];
      take(Float64Array);
      return { step, pulse, columns: request.columns.map(() => take(Float64Array)) };
    },
    onFacts: (listener) =>
      transport.on('tableProgress', ({ dataset, name, done, total }) => {
        if (name === 'trackFacts') listener(dataset, done, total);
      }),
  };
}

/** The arrays of a reply one after the other, each of the kind that it must be. */
function reader(arrays: readonly { readonly dtype: DType; readonly data: TypedArray }[]): <A extends TypedArray>(kind: new () => A) => A {
  let at = 0;
  return <A extends TypedArray>(kind: new () => A): A => {
    const data = arrays[at++]?.data;
    if (data instanceof kind) return data;
    throw new DataError('internal', `Array ${at} of the host's answer is not what was asked for.`);
  };
}

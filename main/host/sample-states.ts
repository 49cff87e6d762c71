import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { ComponentInfo, PlaneWindow } from '../../shared/model/frames.ts';

/** Which samples of a buffer's planes do not count, found once a plane: means, statistics and every new window ask for it. */
export interface SampleStates {
  /** One state per sample of the window, nonzero = left out; undefined where all samples of the plane count, which is the quick way. */
  of(frame: number, plane: number, window: PlaneWindow): Promise<Uint8Array | undefined>;
  /** Bytes of memory held. */
  readonly bytes: number;
}

export function sampleStates(buffer: FrameBuffer): SampleStates {
  const planes = new Map<string, Promise<Uint8Array | undefined>>();
  let bytes = 0;
  const find = async (frame: number, plane: number): Promise<Uint8Array | undefined> => {
    if (!hasFlags(buffer, frame)) return undefined;
    const state = (await fieldPlane(buffer, { frame, plane }, 'state', 'raw')).data as Uint8Array;
    if (allZero(state)) return undefined;
    bytes += state.byteLength;
    return state;
  };
  return {
    of: async (frame, plane, window) => {
      const key = `${frame} ${plane}`;
      const known = planes.get(key) ?? find(frame, plane);
      planes.set(key, known);
      const state = await known.catch((error: unknown) => {
        planes.delete(key);
        throw error;
      });
      const shape = buffer.info.frames[frame]?.shape;
      return state && shape && (takeWindow('u1', state, shape, window).data as Uint8Array);
    },
    get bytes() {
      return bytes;
    },
  };
}

/** A plain loop: array methods call a function for each of the millions. */
function allZero(codes: Uint8Array): boolean {
  for (let i = 0; i < codes.length; i++) if (codes[i] !== 0) return false;
  return true;
}

const FLAGS: ReadonlySet<ComponentInfo['role']> = new Set(['mask', 'enabled', 'choice']);

function hasFlags(buffer: FrameBuffer, frame: number): boolean {
  return (
    buffer.info.state !== 'present' ||
    (buffer.info.frames[frame]?.components.some((component) => component.stored && FLAGS.has(component.role)) ?? false)
  );
}

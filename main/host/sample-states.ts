import { allEqual } from '../../shared/compute/all-equal.ts';
import { fieldOfCut } from '../../shared/compute/cut-plane.ts';
import { invalidPlane } from '../../shared/compute/derived-plane.ts';
import { splitChoice } from '../../shared/compute/vector-choice.ts';
import { cutFrame, type Cut } from '../../shared/model/cut.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { ComponentInfo, PlaneWindow } from '../../shared/model/frames.ts';

/** Which samples of a buffer's planes do not count, found once a plane: means, statistics and every new window ask for it. */
export interface SampleStates {
  /**
   * One state per sample of the window, nonzero = left out; undefined where all samples of the plane count, which is the quick way.
   * Of the choice that `component` (such as u@2) is about.
   */
  of(at: StatePlace, window: PlaneWindow, component: string): Promise<Uint8Array | undefined>;
  /** Bytes of memory held. */
  readonly bytes: number;
}

export interface StatePlace {
  readonly frame: number;
  readonly plane: number;
  readonly cut?: Cut;
}

export function sampleStates(buffer: FrameBuffer): SampleStates {
  const planes = new Map<string, Promise<Uint8Array | undefined>>();
  let bytes = 0;
  const find = async ({ frame, plane, cut }: StatePlace, choice: number | undefined, name: string): Promise<Uint8Array | undefined> => {
    if (!hasFlags(buffer, frame)) return undefined;
    const state = cut
      ? ((await fieldOfCut(buffer, { frame, plane, cut }, name, 'raw')).data as Uint8Array)
      : await invalidPlane(buffer, { frame, plane }, choice);
    if (!state || allEqual(state, 0)) return undefined;
    bytes += state.byteLength;
    return state;
  };
  return {
    of: async (at, window, component) => {
      const { choice } = splitChoice(component);
      const name = choice === undefined ? 'state' : `state@${choice}`;
      const key = `${at.frame} ${at.plane} ${at.cut ?? ''} ${name}`;
      const known = planes.get(key) ?? find(at, choice, name);
      planes.set(key, known);
      const state = await known.catch((error: unknown) => {
        planes.delete(key);
        throw error;
      });
      const frame = buffer.info.frames[at.frame];
      return state && frame && (takeWindow('u1', state, cutFrame(frame, at.cut).shape, window).data as Uint8Array);
    },
    get bytes() {
      return bytes;
    },
  };
}

const FLAGS: ReadonlySet<ComponentInfo['role']> = new Set(['mask', 'enabled', 'choice']);

function hasFlags(buffer: FrameBuffer, frame: number): boolean {
  return (
    buffer.info.state !== 'present' ||
    (buffer.info.frames[frame]?.components.some((component) => component.stored && FLAGS.has(component.role)) ?? false)
  );
}

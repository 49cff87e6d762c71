import type { SampledField, StateField } from '../../shared/draw/scene.ts';

const FILTERED = 5;

interface Known {
  readonly state: Uint8Array | undefined;
  readonly above: number;
  readonly made: Uint8Array;
}

/** The last one made of each field: every redraw asks for it again. */
const last = new WeakMap<object, Known>();

/** The states with valid samples whose value is above a threshold marked as filtered; values that are no numbers stay. */
export function filteredState(state: StateField | undefined, field: SampledField, above: number): StateField {
  const { width, height, x, y, step } = field;
  const known = last.get(field.data);
  const usable = known && known.state === state?.data && known.above === above;
  const data = usable ? known.made : markFiltered(state?.data, field, above);
  last.set(field.data, { state: state?.data, above, made: data });
  return { data, width, height, x, y, step };
}

function markFiltered(state: Uint8Array | undefined, { data, slope, offset }: SampledField, above: number): Uint8Array {
  const made = state ? state.slice() : new Uint8Array(data.length);
  for (let i = 0; i < made.length; i++) if (made[i] === 0 && slope * data[i]! + offset > above) made[i] = FILTERED;
  return made;
}

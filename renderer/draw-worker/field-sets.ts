import type { FieldRequest } from '../../shared/contract/planes.ts';
import type { SampledField, StateField } from '../../shared/draw/scene.ts';
import type { NumberArray, TypedArray } from '../../shared/model/dtype.ts';
import type { PlaneWindow } from '../../shared/model/frames.ts';
import { covers, fieldKey, type FieldNeed } from './fetch-plan.ts';

/** Fields over one window of a plane; they share their geometry, as the arrows' components must. */
export interface FieldSet {
  readonly window: PlaneWindow;
  readonly width: number;
  readonly height: number;
  readonly fields: ReadonlyMap<string, TypedArray>;
}

/** What has to be fetched to serve needs that share a window: into a set that is there, or into a new one. */
export interface Shortage {
  readonly window: PlaneWindow;
  readonly requests: readonly FieldRequest[];
  readonly into?: FieldSet;
}

export function shortageOf(sets: readonly FieldSet[], needs: readonly FieldNeed[]): Shortage | undefined {
  const first = needs[0];
  if (!first) return undefined;
  const into = sets.find(({ window }) => covers(window, first.visible));
  const requests = needs.filter(({ request }) => !into?.fields.has(fieldKey(request))).map(({ request }) => request);
  if (requests.length === 0) return undefined;
  return { window: into?.window ?? first.window, requests, ...(into ? { into } : {}) };
}

/** The sets with fetched fields put in; a set that is replaced or no longer needed for `wanted` windows is left out. */
export function mergeSets(
  sets: readonly FieldSet[],
  fetched: readonly { readonly shortage: Shortage; readonly set: FieldSet }[],
): readonly FieldSet[] {
  const kept = sets.filter((set) => !fetched.some(({ shortage }) => shortage.into === set));
  const joined = fetched.map(({ shortage, set }) => ({ ...set, fields: new Map([...(shortage.into?.fields ?? []), ...set.fields]) }));
  return [...joined, ...kept];
}

/** Sets that serve the needs; the others can go. */
export function usedSets(sets: readonly FieldSet[], needs: readonly FieldNeed[]): readonly FieldSet[] {
  return sets.filter((set) => needs.some(({ request, visible }) => covers(set.window, visible) && set.fields.has(fieldKey(request))));
}

/**
 * The set that serves all the needs best: one that covers what is seen, else any that has the fields, whatever part and step (for the
 * picture until the right one is there).
 */
export function findSet(sets: readonly FieldSet[], needs: readonly FieldNeed[]): FieldSet | undefined {
  const holding = sets.filter((set) => needs.every(({ request }) => arrayOf(set, request) !== undefined));
  const visible = needs[0]?.visible;
  return holding.find(({ window }) => visible !== undefined && covers(window, visible)) ?? holding[0];
}

export function sampledField(set: FieldSet, need: FieldNeed): SampledField | undefined {
  const data = arrayOf(set, need.request);
  if (!data) return undefined;
  return { data: data as NumberArray, ...geometry(set), slope: need.slope, offset: need.offset };
}

export function stateField(set: FieldSet, need: FieldNeed): StateField | undefined {
  const data = arrayOf(set, need.request);
  return data instanceof Uint8Array ? { data, ...geometry(set) } : undefined;
}

function geometry({ window, width, height }: FieldSet): Pick<SampledField, 'width' | 'height' | 'x' | 'y' | 'step'> {
  return { width, height, x: window.x, y: window.y, step: window.step };
}

/** The field itself, or the same one reduced in another way. */
function arrayOf(set: FieldSet, request: FieldRequest): TypedArray | undefined {
  const { reduce: _how, ...plain } = request;
  return set.fields.get(fieldKey(request)) ?? set.fields.get(fieldKey(plain)) ?? set.fields.get(fieldKey({ ...plain, reduce: 'mean' }));
}

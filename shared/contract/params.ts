import * as z from 'zod/mini';
import { DataError } from '../model/data-error.ts';
import type { Handlers, Method, Params } from './methods.ts';

z.config(z.locales.en());

const text = z.string().check(z.maxLength(32_768));
const index = z.int();
const dataset = text;
const mode = z.enum(['raw', 'scaled', 'masked']);
const options = z.record(z.string(), z.unknown());

const planeWindow = z.strictObject({ x: index, y: index, width: index, height: index, step: index });
const field = z.strictObject({
  component: text,
  mode,
  as: z.exactOptional(z.literal('f4')),
  reduce: z.exactOptional(z.literal('mean')),
  brief: z.exactOptional(z.literal(true)),
});

/** Most fields of one request, and most buffers of one plan: far above any use, and a bound on the work that one call can ask for. */
const MAX_FIELDS = 64;
const MAX_PLAN = 65_536;
const MAX_NAMES = 65_536;

const glance = z.exactOptional(z.literal(true));
const cut = z.exactOptional(z.enum(['xz', 'zy']));
const finite = z.number();
const triple = z.tuple([finite, finite, finite]);
const differentiation = z.union([
  z.strictObject({ method: z.literal('difference') }),
  z.strictObject({ method: z.literal('fit'), order: z.union([z.literal(1), z.literal(2), z.literal(3)]), length: index }),
]);
const columns = z.array(text).check(z.maxLength(MAX_FIELDS));
const selection = z.strictObject({
  filters: z
    .array(z.strictObject({ column: text, low: z.exactOptional(finite), high: z.exactOptional(finite) }))
    .check(z.maxLength(MAX_FIELDS)),
  box: z.exactOptional(z.strictObject({ low: triple, high: triple, whole: z.boolean() })),
  every: z.exactOptional(index),
});
const particles = z.exactOptional(
  z.strictObject({
    selection: z.exactOptional(selection),
    add: z.exactOptional(columns),
    differentiation: z.exactOptional(differentiation),
  }),
);
const conversion = { dataset, writer: text, target: text, range: z.exactOptional(text), options: z.exactOptional(options), particles };
const place = { dataset, buffer: index, frame: index, plane: index };

/** One schema a method. Indices are checked against the data by the handlers, which know the counts. */
const SCHEMAS: { readonly [M in Method]: z.ZodMiniType<Params<M>> } = {
  formats: z.strictObject({}),
  probe: z.strictObject({ path: text }),
  list: z.strictObject({ path: z.exactOptional(text) }),
  open: z.strictObject({ path: text, format: z.exactOptional(text), options: z.exactOptional(options) }),
  openBytes: z.strictObject({
    names: z.array(text).check(z.minLength(1), z.maxLength(MAX_NAMES)),
    member: z.exactOptional(text),
    format: z.exactOptional(text),
    options: z.exactOptional(options),
  }),
  openBeside: z.strictObject({ dataset, name: text }),
  close: z.strictObject({ dataset }),
  buffer: z.strictObject({ dataset, buffer: index, glance }),
  planes: z.strictObject({
    ...place,
    cut,
    glance,
    fields: z.array(field).check(z.minLength(1), z.maxLength(MAX_FIELDS)),
    window: z.exactOptional(planeWindow),
  }),
  statistics: z.strictObject({
    ...place,
    cut,
    glance,
    component: text,
    mode,
    whole: z.exactOptional(z.literal(true)),
    filter: z.exactOptional(z.strictObject({ component: text, above: z.number() })),
  }),
  sample: z.strictObject({ ...place, x: index, y: index }),
  table: z.strictObject({ dataset, name: text, buffer: z.exactOptional(index), from: z.exactOptional(index) }),
  refresh: z.strictObject({ dataset }),
  prefetch: z.strictObject({ dataset, buffers: z.array(index).check(z.maxLength(MAX_PLAN)) }),
  cancelBuffer: z.strictObject({ dataset, buffer: index }),
  step: z.strictObject({ dataset, step: index, pulse: index }),
  tracks: z.strictObject({ dataset, from: index, to: index }),
  trackTable: z.strictObject({ dataset, from: index, to: index }),
  layer: z.strictObject({ dataset, step: index, pulse: index, columns, differentiation, every: z.exactOptional(index) }),
  trackFacts: z.strictObject({ dataset, columns, box: z.boolean(), differentiation }),
  trackPoints: z.strictObject({ dataset, track: index, columns, differentiation }),
  usage: z.strictObject({}),
  writers: z.strictObject({ dataset: z.exactOptional(dataset), range: z.exactOptional(text) }),
  convert: z.strictObject({ ...conversion, force: z.exactOptional(z.boolean()), resume: z.exactOptional(z.boolean()) }),
  convertLosses: z.strictObject(conversion),
  cancelJob: z.strictObject({ job: text }),
  jobs: z.strictObject({}),
};

/** Parameters from outside as the method's own type; `invalid-option` names the first field that is wrong. */
export function parseParams<M extends Method>(method: M, params: unknown): Params<M> {
  const parsed = z.safeParse(SCHEMAS[method], params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.join('.') || 'parameters';
  throw new DataError('invalid-option', `Call '${method}': ${at} is wrong (${issue?.message ?? 'unknown reason'}).`, { field: at });
}

/** The handlers with their parameters parsed first: what stands at every boundary. */
export function checkedHandlers(handlers: Handlers): Handlers {
  const checked = <M extends Method>(method: M): Handlers[M] => {
    const handler = handlers[method];
    return (async (params, call) => handler(parseParams(method, params), call)) as Handlers[M];
  };
  return Object.fromEntries((Object.keys(SCHEMAS) as Method[]).map((method) => [method, checked(method)])) as unknown as Handlers;
}

import type { OptionSpec } from '../../shared/model/option.ts';

/** Option of outputs that hold scalar fields; the conversion (main/host/arrange) adds the fields before a writer sees the dataset. */
export const FIELDS_OPTION = {
  fields: {
    type: 'text',
    label: 'Computed fields',
    help: 'Any of u, v, w, speed, x, y, z, with commas between them: written as scalar fields in their units.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

import { isAttributeArray, type Attributes, type AttributeValue } from '../../../shared/model/attributes.ts';
import type { Losses } from '../losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../version.ts';

/** Types of sets in DaVis: bits of SetType. */
export const SET_TYPE = { image: 256, vector: 512, folder: 16_384 } as const;

/** Entries that every set has, as DaVis and lvpyio write them. */
const ENTRIES: Readonly<Record<string, string | number>> = {
  SetGroups: '',
  SetTime: '',
  SetComments: '',
  SetStart: 1,
  SetInc: 1,
  SetEnd: 0,
  SetSourceSet: '',
  SetTitle: '',
  SetViewCallback: '',
  SetLoadCallback: '',
};

/** Entries that say how the data of the source lie on disk; plain buffers have none. */
const OF_STREAMS = ['SetIdentifier'];

export interface SetTextInput {
  readonly name: string;
  /** Attributes of the dataset; of a DaVis set they are the entries of its own text. */
  readonly attributes: Attributes;
  readonly type: number;
  /** A recording of streams becomes a set of plain buffers. */
  readonly wasStream: boolean;
}

/** The text of NAME.set: `Key = value;` a line, texts in quotes, UTF-8. Keys beyond DaVis's own are ignored by it. */
export function setText(input: SetTextInput, losses: Losses): Uint8Array {
  const entries: Record<string, string | number> = {
    SetType: input.type,
    ...ENTRIES,
    SetTime: new Date().toISOString().replace(/\.\d+/, ''),
  };
  for (const [name, value] of Object.entries(input.attributes)) {
    if (input.wasStream && (OF_STREAMS.includes(name) || name === 'SetType')) continue;
    const key = name.replace(/[\s=/#]+/g, '_');
    if (key !== name) losses.add(`Attribute '${name}' of the dataset is stored as '${key}'.`);
    if (key !== '') entries[key] = entryValue(value);
  }
  entries[VERSION_ATTRIBUTE] = STREAKLINE_VERSION;
  const lines = Object.entries(entries).map(([key, value]) => `${key} = ${typeof value === 'number' ? value : `"${escaped(value)}"`};`);
  return new TextEncoder().encode([`// set file <${input.name}.set> created by Streakline`, '', '#GROUP Sets', ...lines, ''].join('\n'));
}

/** Whole numbers and texts are the values of a set's text; all else becomes text. */
function entryValue(value: AttributeValue): string | number {
  if (isAttributeArray(value)) return JSON.stringify(value.values);
  return typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0) ? value : String(value);
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
}

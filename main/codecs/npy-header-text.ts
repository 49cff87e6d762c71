import { DataError } from '../../shared/model/data-error.ts';

/** A field of a structured type as the header names it; `type` is undefined where it is itself structured or an array. */
export interface NpyFieldText {
  readonly name: string;
  readonly type: string | undefined;
}

/** What the dictionary of an NPY header says; `descr` is a list for a structured type. */
export interface NpyHeaderText {
  readonly descr: string | readonly NpyFieldText[];
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

interface Place {
  readonly path: string;
  /** Offset of the text in the file. */
  readonly offset: number;
}

type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'flag'; readonly flag: boolean }
  | { readonly kind: 'tuple'; readonly items: readonly number[] }
  | { readonly kind: 'list'; readonly fields: readonly NpyFieldText[] };

const KEYS = ['descr', 'fortran_order', 'shape'];
/** More axes than NumPy allows (64) are a damaged header. */
const MAX_AXES = 64;
/** Fields of a structured type; vectors have three. */
const MAX_FIELDS = 1024;

/**
 * Parses the Python dictionary literal of an NPY header: either quote, any key order, optional trailing commas and blanks, an old `L`
 * behind integers. Never evaluated as code. Errors are `malformed` with the file offset of the bad character.
 */
export function parseNpyDictionary(text: string, place: Place): NpyHeaderText {
  const reader = new LiteralReader(text, place);
  const values = reader.dictionary();
  const missing = KEYS.filter((key) => !values.has(key));
  const extra = [...values.keys()].filter((key) => !KEYS.includes(key));
  if (missing.length > 0) throw reader.error(`the header has no key ${missing.join(', ')}`);
  if (extra.length > 0) throw reader.error(`the header has the unknown key ${extra.join(', ')}`);
  const descr = values.get('descr');
  const order = values.get('fortran_order');
  const shape = values.get('shape');
  if (descr?.kind !== 'text' && descr?.kind !== 'list') throw reader.error('descr is not a text');
  if (order?.kind !== 'flag') throw reader.error('fortran_order is neither True nor False');
  if (shape?.kind !== 'tuple') throw reader.error('shape is not a tuple of whole numbers');
  return { descr: descr.kind === 'text' ? descr.text : descr.fields, fortranOrder: order.flag, shape: shape.items };
}

class LiteralReader {
  private at = 0;
  private readonly text: string;
  private readonly place: Place;

  constructor(text: string, place: Place) {
    this.text = text;
    this.place = place;
  }

  error(what: string): DataError {
    return new DataError('malformed', `The NPY header cannot be read: ${what}.`, {
      path: this.place.path,
      offset: this.place.offset + this.at,
      field: 'header',
    });
  }

  dictionary(): Map<string, Value> {
    const values = new Map<string, Value>();
    this.expect('{');
    while (!this.take('}')) {
      const key = this.quoted();
      this.expect(':');
      if (values.has(key)) throw this.error(`the key ${key} stands twice`);
      values.set(key, this.value());
      if (!this.take(',')) {
        this.expect('}');
        break;
      }
    }
    this.skipBlanks();
    if (this.at < this.text.length) throw this.error(`text behind the dictionary at character ${this.at}`);
    return values;
  }

  private value(): Value {
    const next = this.peek();
    if (next === "'" || next === '"') return { kind: 'text', text: this.quoted() };
    if (next === '(') return { kind: 'tuple', items: this.tuple() };
    if (next === '[') return { kind: 'list', fields: this.fields() };
    if (this.takeWord('True')) return { kind: 'flag', flag: true };
    if (this.takeWord('False')) return { kind: 'flag', flag: false };
    throw this.error(`unexpected '${next}' at character ${this.at}`);
  }

  private tuple(): number[] {
    const items: number[] = [];
    this.expect('(');
    while (!this.take(')')) {
      this.skipBlanks();
      const digits = /^-?\d{1,20}/.exec(this.text.slice(this.at, this.at + 21))?.[0];
      if (digits === undefined || items.length === MAX_AXES) throw this.error(`no whole number at character ${this.at} of the shape`);
      this.at += digits.length;
      if (this.text[this.at] === 'L') this.at++;
      items.push(Number(digits));
      if (this.take(',')) continue;
      if (items.length === 1) throw this.error('the shape is a number, not a tuple');
      this.expect(')');
      break;
    }
    return items;
  }

  /** A structured type: a list of (name, type) or (name, type, shape). */
  private fields(): readonly NpyFieldText[] {
    const fields: NpyFieldText[] = [];
    this.expect('[');
    while (!this.take(']')) {
      if (fields.length === MAX_FIELDS) throw this.error(`more than ${MAX_FIELDS} fields`);
      fields.push(this.field());
      if (this.take(',')) continue;
      this.expect(']');
      break;
    }
    return fields;
  }

  private field(): NpyFieldText {
    this.expect('(');
    const name = this.peek() === '(' ? this.titledName() : this.quoted();
    this.expect(',');
    let type: string | undefined;
    if (this.peek() === '[') this.skipNested();
    else type = this.quoted();
    if (this.take(',') && this.peek() === '(') {
      this.tuple();
      type = undefined;
      this.take(',');
    }
    this.expect(')');
    return { name, type };
  }

  /** (title, name): the name counts. */
  private titledName(): string {
    this.expect('(');
    this.quoted();
    this.expect(',');
    const name = this.quoted();
    this.expect(')');
    return name;
  }

  /** A type inside of a type: only its extent matters, because it is refused. */
  private skipNested(): void {
    let depth = 0;
    do {
      const next = this.peek();
      if (next === '') throw this.error('a list without end');
      if (next === "'" || next === '"') this.quoted();
      else {
        if (next === '[') depth++;
        if (next === ']') depth--;
        this.at++;
      }
    } while (depth > 0);
  }

  private quoted(): string {
    const quote = this.peek();
    const end = quote === "'" || quote === '"' ? this.text.indexOf(quote, this.at + 1) : -1;
    if (end < 0) throw this.error(`no quoted text at character ${this.at}`);
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  private skipBlanks(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
  }

  /** The next character that is no blank; '' at the end. */
  private peek(): string {
    this.skipBlanks();
    return this.text.charAt(this.at);
  }

  private take(character: string): boolean {
    const found = this.peek() === character;
    if (found) this.at++;
    return found;
  }

  private takeWord(word: string): boolean {
    const found = this.text.startsWith(word, this.at);
    if (found) this.at += word.length;
    return found;
  }

  private expect(character: string): void {
    if (!this.take(character)) throw this.error(`'${character}' expected at character ${this.at}`);
  }
}

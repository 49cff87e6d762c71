import { DataError } from '../../shared/model/data-error.ts';

/** What the dictionary of an NPY header says; `descr` is undefined for a list, which is a structured type. */
export interface NpyHeaderText {
  readonly descr: string | undefined;
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
  | { readonly kind: 'list' };

const KEYS = ['descr', 'fortran_order', 'shape'];
/** More axes than NumPy allows (64) are a damaged header. */
const MAX_AXES = 64;

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
  return { descr: descr.kind === 'text' ? descr.text : undefined, fortranOrder: order.flag, shape: shape.items };
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
    if (next === '[') return this.skipList();
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

  /** A structured type: only its extent matters, because it is refused. */
  private skipList(): Value {
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
    return { kind: 'list' };
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

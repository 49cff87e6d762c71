import { DataError } from '../../../shared/model/data-error.ts';
import { CONSTANTS, FUNCTIONS, OPERATORS, type NumberFunction } from './expression-functions.ts';

/** An expression as a tree. Nothing of it is ever run as code: the table of functions is all that it can reach. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly function: NumberFunction; readonly args: readonly Expression[] };

const MAX_LENGTH = 2000;
const MAX_DEPTH = 100;

interface Token {
  readonly kind: 'number' | 'word' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9]*)|"([^"]*)"|`([^`]*)`|'([^']*)'|(<=|>=|==|!=|[-+*/^(),<>]))/y;

/**
 * Parses an expression of numbers, names of components (in quotes or backticks where they are no plain words), + - * / ^, comparisons (1 or 0),
 * parentheses, functions and constants. `invalid-option` says what is wrong and at which letter.
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH)
    throw new DataError('invalid-option', `The expression has ${text.length} letters; the limit is ${MAX_LENGTH}.`, { field: 'set' });
  const parser = new Parser(text, tokensOf(text));
  return parser.whole();
}

/** Names of components that the expression reads, each once. */
export function namesIn(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  return expression.kind === 'call' ? [...new Set(expression.args.flatMap(namesIn))] : [];
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const length = text.trimEnd().length;
  while (pattern.lastIndex < length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw wrong(text, from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0), 'is not part of an expression');
    const [whole, number, word, quoted, ticked, single, sign] = match;
    const at = from + whole.length - whole.trimStart().length;
    const name = quoted ?? ticked ?? single;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else tokens.push({ kind: 'sign', text: sign ?? '', at });
  }
  return [...tokens, { kind: 'end', text: '', at: length }];
}

function wrong(text: string, at: number, what: string): DataError {
  const rest = text.slice(at, at + 12).trim();
  return new DataError(
    'invalid-option',
    `The expression '${text.slice(0, 200)}' cannot be read: ${rest === '' ? 'its end' : `'${rest}'`} at letter ${at + 1} ${what}.`,
    {
      field: 'set',
      hint: `Functions: ${[...FUNCTIONS.keys()].join(' ')}; constants: ${[...CONSTANTS.keys()].join(' ')}; names with other letters stand in quotes: "TS:Peak ratio".`,
    },
  );
}

/** Recursive descent; weaker operators first. */
class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.comparison();
    if (this.next.kind !== 'end') throw this.unexpected();
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.position] as Token;
  }

  private take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  private unexpected(what = 'does not fit there'): DataError {
    return wrong(this.text, this.next.at, what);
  }

  private isSign(...signs: readonly string[]): boolean {
    return this.next.kind === 'sign' && signs.includes(this.next.text);
  }

  private comparison(): Expression {
    if (++this.depth > MAX_DEPTH) throw this.unexpected(`is nested deeper than ${MAX_DEPTH}`);
    let left = this.sum();
    if (this.isSign('<', '<=', '>', '>=', '==', '!=')) left = operate(this.take().text, left, this.sum());
    this.depth--;
    return left;
  }

  private sum(): Expression {
    let left = this.product();
    while (this.isSign('+', '-')) left = operate(this.take().text, left, this.product());
    return left;
  }

  private product(): Expression {
    let left = this.signed();
    while (this.isSign('*', '/')) left = operate(this.take().text, left, this.signed());
    return left;
  }

  /** A minus binds weaker than a power: -2^2 = -4. */
  private signed(): Expression {
    let negative = false;
    while (this.isSign('+', '-')) if (this.take().text === '-') negative = !negative;
    const value = this.power();
    return negative ? operate('-', { kind: 'number', value: 0 }, value, 'negate') : value;
  }

  /** Powers group from the right: 2^3^2 = 2^9. */
  private power(): Expression {
    const base = this.atom();
    if (!this.isSign('^')) return base;
    this.take();
    if (++this.depth > MAX_DEPTH) throw this.unexpected(`is nested deeper than ${MAX_DEPTH}`);
    const exponent = this.signed();
    this.depth--;
    return operate('^', base, exponent);
  }

  private atom(): Expression {
    const { kind, text } = this.next;
    if (kind === 'number') return { kind, value: Number(this.take().text) };
    if (kind === 'name') return { kind, name: this.take().text };
    if (kind === 'word') return this.word();
    if (!this.isSign('(')) throw this.unexpected(text === '' ? 'comes too early' : 'does not fit there');
    this.take();
    const inner = this.comparison();
    this.close();
    return inner;
  }

  private word(): Expression {
    const { text } = this.take();
    if (this.isSign('(')) return this.call(text);
    const constant = CONSTANTS.get(text);
    return constant === undefined ? { kind: 'name', name: text } : { kind: 'number', value: constant };
  }

  private call(name: string): Expression {
    const known = FUNCTIONS.get(name);
    if (!known) {
      this.position--;
      throw this.unexpected('is not a function');
    }
    this.take();
    const args: Expression[] = [];
    while (!this.isSign(')')) {
      if (args.length > 0 && !this.isSign(',')) throw this.unexpected();
      if (args.length > 0) this.take();
      args.push(this.comparison());
    }
    const [least, most] = known.arity;
    if (args.length < least || args.length > most)
      throw this.unexpected(`ends ${name} with ${args.length} arguments; it takes ${most === least ? least : `${least} or more`}`);
    this.close();
    return { kind: 'call', function: known, args };
  }

  private close(): void {
    if (!this.isSign(')')) throw this.unexpected('stands where a closing parenthesis is missing');
    this.take();
  }
}

function operate(sign: string, left: Expression, right: Expression, named = sign): Expression {
  const known = OPERATORS.get(named) as NumberFunction;
  return { kind: 'call', function: known, args: [left, right] };
}

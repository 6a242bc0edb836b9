/** An expression of Azure Resource Manager: a call, with what is asked of its answer, or anything else as it is written. */
export interface Expression {
  readonly text: string;
  /** Of a call: the function's name and its arguments. */
  readonly call?: { readonly name: string; readonly args: readonly Expression[] };
  /** Each `[…]` behind it. */
  readonly indexes: readonly Expression[];
}

/** Whether a text of a template is an expression; `[[` begins a text that is none. */
export const isExpression = (text: string): boolean => /^\[(?!\[).*\]$/s.test(text);

/** Parses `[…]`. Source: "Template syntax and expressions" (learn.microsoft.com/azure/azure-resource-manager/templates). */
export function parseExpression(text: string): Expression {
  const rest = new Reader(text.slice(1, -1));
  const parsed = expressionFrom(rest);
  if (!rest.atEnd) throw new Error(`No one can read this expression: ${text}`);
  return parsed;
}

/** Every call in an expression, the outer ones first. */
export function* callsIn(expression: Expression): Generator<Expression> {
  if (expression.call !== undefined) yield expression;
  for (const each of partsOf(expression)) yield* callsIn(each);
}

/** What stands within an expression. */
export const partsOf = ({ call, indexes }: Expression): readonly Expression[] => [
  ...(call?.args ?? []),
  ...indexes,
];

class Reader {
  place = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.place === this.text.length;
  }

  /** What the pattern, which is sticky, finds here; blanks before it are left out. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.place;
    const found = pattern.exec(this.text);
    if (found !== null) this.place = pattern.lastIndex;
    return found?.[0].trimStart();
  }
}

const TEXT = /\s*'(?:[^']|'')*'/y;
const WORD = /\s*-?[\w.]+/y;

function expressionFrom(reader: Reader): Expression {
  const start = reader.place;
  const word = reader.take(TEXT) ?? reader.take(WORD);
  if (word === undefined) throw new Error(`No one can read this expression: ${reader.text}`);
  const args = reader.take(/\(/y) === undefined ? undefined : listFrom(reader);
  const indexes: Expression[] = [];
  while (reader.take(/\.\w+/y) ?? reader.take(/\[/y)) {
    if (reader.text[reader.place - 1] !== '[') continue;
    indexes.push(expressionFrom(reader));
    reader.take(/\s*\]/y);
  }
  const text = reader.text.slice(start, reader.place).trimStart();
  return args === undefined ? { text, indexes } : { text, call: { name: word, args }, indexes };
}

function listFrom(reader: Reader): readonly Expression[] {
  const args: Expression[] = [];
  while (reader.take(/\s*\)/y) === undefined) {
    args.push(expressionFrom(reader));
    reader.take(/\s*,/y);
  }
  return args;
}

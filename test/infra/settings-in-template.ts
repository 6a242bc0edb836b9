import { callsIn, type Expression, parseExpression } from './arm-expression.ts';

/** An object by the names in it, or something else as it is written. */
type Part = string | Readonly<Record<string, string>>;

/** What a `union(…)` of settings is made of: objects by the names in them, the rest as it is written. */
export function settingsIn(union: unknown): readonly Part[] {
  const { call } = parseExpression(String(union));
  if (call?.name !== 'union') throw new Error(`These settings are no union: ${union}`);
  return call.args.map((each) =>
    each.call?.name === 'createObject' ? objectFrom(each.call.args) : each.text,
  );
}

/** The settings that a part of a union may add. */
export function namesIn(part: Part | undefined): readonly string[] {
  if (typeof part === 'object') return Object.keys(part);
  return [...callsIn(parseExpression(`[${part}]`))].flatMap(({ call }) =>
    call?.name === 'createObject' ? Object.keys(objectFrom(call.args)) : [],
  );
}

/** `createObject('name', value, …)`. */
function objectFrom(args: readonly Expression[]): Readonly<Record<string, string>> {
  const names = args.filter((_, place) => place % 2 === 0).map(({ text }) => text.slice(1, -1));
  const values = args.filter((_, place) => place % 2 === 1).map(({ text }) => text);
  return Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
}

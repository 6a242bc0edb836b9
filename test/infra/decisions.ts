import { type Expression, isExpression, parseExpression } from './arm-expression.ts';
import { modulesOf, type Template, textsIn } from './template.ts';

/** Functions whose answer is a choice. */
const CHOOSES = new Set([
  ...['and', 'or', 'not', 'equals', 'less', 'lessOrEquals', 'greater', 'greaterOrEquals'],
  ...['empty', 'contains', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'filter'],
  ...['coalesce', 'tryGet', 'tryIndexFromEnd', 'min', 'max', 'first', 'last', 'skip', 'take'],
]);

/** What depends on something, by the module that says so; an `if` is its condition. */
export function decisionsOf(template: Template): Record<string, readonly string[]> {
  const all = modulesOf(template).map(({ path, template: each }) => {
    const found = [...textsIn(ownPartOf(each))]
      .filter(isExpression)
      .flatMap((text) => decisionsIn(parseExpression(text)));
    return [path, [...new Set(found)].toSorted()] as const;
  });
  return Object.fromEntries(all.filter(([, found]) => found.length > 0));
}

/** A template without those of the modules in it. */
const ownPartOf = (template: Template): unknown =>
  JSON.parse(JSON.stringify(template), (name, value: unknown) =>
    name === 'template' ? undefined : value,
  );

function decisionsIn(expression: Expression): readonly string[] {
  const { text, call, indexes } = expression;
  if (call !== undefined && CHOOSES.has(call.name)) return [text];
  if (indexes.some((index) => index.text.includes('parameters('))) return [text];
  const [first, ...rest] = call?.args ?? [];
  const condition = call?.name === 'if' && first !== undefined ? [first.text] : [];
  const parts = call?.name === 'if' ? rest : (call?.args ?? []);
  return [...condition, ...[...parts, ...indexes].flatMap(decisionsIn)];
}

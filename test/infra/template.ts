import * as check from '../../scripts/infra/check.ts';
import type { Compiler } from '../../scripts/infra/compiler.ts';
import { isExpression } from './arm-expression.ts';

/** The template that Azure gets, or the one of a module within it. */
export interface Template {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly definitions?: Readonly<Record<string, Parameter>>;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
  readonly resources: Readonly<Record<string, Declared>>;
}

export interface Parameter {
  readonly type?: string;
  readonly $ref?: string;
  readonly defaultValue?: unknown;
  readonly metadata?: { readonly description?: string };
}

interface Declared {
  readonly type: string;
  readonly existing?: true;
  readonly condition?: string;
  readonly scope?: string;
  readonly resourceGroup?: string;
  readonly copy?: { readonly mode?: string; readonly batchSize?: number };
  readonly dependsOn?: readonly string[];
  readonly properties?: unknown;
}

/** A resource of the template, or a module. */
export interface Declaration extends Declared {
  /** The modules and the resource by their names in the Bicep, such as `serviceBus/roles/appTakes`. */
  readonly path: string;
  /** What its expressions may name as `variables('…')`. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Module {
  readonly path: string;
  readonly template: Template;
  /** What it is handed. */
  readonly given: Readonly<Record<string, unknown>>;
}

const MODULE = 'Microsoft.Resources/deployments';

export async function compile(bicep: Compiler): Promise<Template> {
  const { template, objections } = await check.build(bicep);
  if (objections !== '') throw new Error(objections);
  return JSON.parse(template) as Template;
}

/** The template and every module in it, the outer ones first. */
export function modulesOf(template: Template, path = '', given = {}): readonly Module[] {
  const below = Object.entries(template.resources)
    .filter(([, { type }]) => type === MODULE)
    .flatMap(([name, { properties }]) => {
      const inner = properties as { template: Template; parameters?: Record<string, unknown> };
      return modulesOf(inner.template, `${path}${name}/`, inner.parameters ?? {});
    });
  return [{ path, template, given }, ...below];
}

/** Everything that the template makes, whatever the parameters; what it only refers to is left out. */
export const declarationsIn = (template: Template): readonly Declaration[] =>
  modulesOf(template).flatMap(({ path, template: { resources, variables = {} } }) =>
    Object.entries(resources)
      .filter(([, { existing }]) => existing !== true)
      .map(([name, resource]) => ({ ...resource, path: `${path}${name}`, variables })),
  );

export function declared(template: Template, path: string): Declaration {
  const found = declarationsIn(template).find((each) => each.path === path);
  if (found === undefined) throw new Error(`The template has no ${path}.`);
  return found;
}

/** What each module that takes a parameter of this name is handed for it. */
export const handed = (template: Template, name: string): Record<string, unknown> =>
  Object.fromEntries(
    modulesOf(template)
      .filter(({ given }) => name in given)
      .map(({ path, given }) => [path, (given[name] as { readonly value: unknown }).value]),
  );

/** What an expression says, with the variables' own words in place of their names. */
export function inFull({ variables }: Pick<Declaration, 'variables'>, expression: unknown): string {
  return String(expression).replaceAll(/variables\('(\w+)'\)/g, (written, name: string) => {
    const value = variables[name];
    if (typeof value !== 'string') return written;
    return isExpression(value) ? inFull({ variables }, value).slice(1, -1) : `'${value}'`;
  });
}

/** Every text below a value, names of properties among them. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    yield name;
    yield* textsIn(each);
  }
}

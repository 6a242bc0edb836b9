import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

/** The part of Microsoft's query language service that is used here; it is a browser's script, without types for Node. */
interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}
interface Named {
  readonly Name: string;
}
interface Node {
  readonly ChildCount: number;
  readonly Left?: Node;
  readonly Right?: Node;
  readonly ReferencedSymbol?: Named | null;
  GetChild(index: number): Node | null;
  toString(): string;
}
interface Code {
  readonly Syntax: Node;
  readonly ResultType: { readonly Columns?: List<Named> } | null;
  GetDiagnostics(): List<{ readonly Message: string; readonly Severity: string }>;
}
interface Globals {
  WithDatabase(database: unknown): Globals;
}
interface Kusto {
  readonly Language: {
    readonly GlobalState: { readonly Default: Globals };
    readonly KustoCode: { ParseAndAnalyze(query: string, globals: Globals): Code };
    readonly Symbols: {
      readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: unknown[]) => unknown };
      readonly TableSymbol: { From(schema: string): { WithName(name: string): unknown } };
    };
  };
}

export interface Analysis {
  /** Everything that the language service objects to, unknown columns and functions among it. */
  readonly objections: readonly string[];
  /** The texts that each column is compared with. */
  readonly comparisons: readonly { readonly column: string; readonly values: readonly string[] }[];
  /** The columns of the result. */
  readonly columns: readonly string[];
}

/** Parses queries and binds them to tables, each given as `name:type, …`. */
export function kusto(tables: Readonly<Record<string, string>>): (query: string) => Analysis {
  const { GlobalState, KustoCode, Symbols } = load().Language;
  const symbols = Object.entries(tables).map(([name, columns]) =>
    Symbols.TableSymbol.From(`(${columns})`).WithName(name),
  );
  const globals = GlobalState.Default.WithDatabase(
    new Symbols.DatabaseSymbol.ctor('workspace', symbols),
  );
  return (query) => {
    const code = KustoCode.ParseAndAnalyze(query, globals);
    return {
      objections: items(code.GetDiagnostics()).map(
        ({ Severity, Message }) => `${Severity}: ${Message}`,
      ),
      comparisons: comparisonsIn(code.Syntax),
      columns: items(code.ResultType?.Columns).map(({ Name }) => Name),
    };
  };
}

function load(): Kusto {
  const { resolve } = createRequire(import.meta.url);
  const folder = join(resolve('@kusto/language-service-next/package.json'), '..');
  const context = createContext({});
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
    runInContext(readFileSync(join(folder, file), 'utf8'), context, { filename: file });
  }
  return runInContext('Kusto', context) as Kusto;
}

function comparisonsIn(node: Node): Analysis['comparisons'] {
  const { Left, Right } = node;
  const column = Left?.ReferencedSymbol?.Name;
  const values = Right === undefined ? [] : textsIn(Right.toString());
  const here = column !== undefined && values.length > 0 ? [{ column, values }] : [];
  return [...here, ...childrenOf(node).flatMap(comparisonsIn)];
}

/** The texts of a literal, or of a list of them. */
function textsIn(right: string): readonly string[] {
  if (!/^\s*\(?\s*['"]/.test(right)) return [];
  return [...right.matchAll(/'([^']*)'|"([^"]*)"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  );
}

function childrenOf(node: Node): readonly Node[] {
  return Array.from({ length: node.ChildCount }, (_, index) => node.GetChild(index)).filter(
    (child) => child !== null && child !== undefined,
  );
}

function items<T>(list: List<T> | undefined | null): readonly T[] {
  return Array.from({ length: list?.Count ?? 0 }, (_, index) => (list as List<T>).getItem(index));
}

/** A mutant that no test can kill, because it behaves like the code itself. */
export interface Equivalent {
  readonly file: string;
  readonly mutator: string;
  /** The code that is mutated. */
  readonly code: string;
  readonly replacement: string;
  /** Why the two behave alike. */
  readonly reason: string;
}

/** The part of Stryker's report (mutation-testing-report-schema) that is read here. */
export interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
}

export interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** From 1, as the report counts. */
interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Verdict {
  readonly mutants: number;
  readonly killed: number;
  readonly equivalent: number;
  /** The objections; empty if there are none. */
  readonly survivors: readonly string[];
  /** Objections to the list: a listed mutant that was killed, or no longer exists. */
  readonly outdated: readonly string[];
}

/** Ignored: mutants that do not compile, or were not selected. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Ignored', 'CompileError', 'RuntimeError']);
const SURVIVING: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);

/** Judges a report by the list of equivalents. `whole`: every mutant was tried, so the list must fit. Pure. */
export function verdictOf(
  report: Report,
  equivalents: readonly Equivalent[],
  whole: boolean,
): Verdict {
  const met = new Set<Equivalent>();
  const all = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => !LEFT_OUT.has(status))
      .map((mutant) => ({ file, mutant, code: codeOf(source, mutant) })),
  );
  const surviving = all.filter(({ mutant }) => SURVIVING.has(mutant.status));
  const survivors = surviving.flatMap(({ file, mutant, code }) => {
    const { mutatorName: mutator, replacement = '', location } = mutant;
    const known = equivalents.find(
      (each) =>
        each.file === file &&
        each.mutator === mutator &&
        each.code === code &&
        each.replacement === replacement,
    );
    if (known === undefined) {
      return [`${file}:${location.start.line} ${mutator}: ${code} => ${replacement}`];
    }
    met.add(known);
    return [];
  });
  return {
    mutants: all.length,
    killed: all.length - surviving.length,
    equivalent: surviving.length - survivors.length,
    survivors,
    outdated: whole ? equivalents.filter((each) => !met.has(each)).map(inWords) : [],
  };
}

function inWords({ file, mutator, code, replacement }: Equivalent): string {
  return `${file} ${mutator}: ${code} => ${replacement}`;
}

/** The mutated code in the source. */
function codeOf(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join('\n');
}

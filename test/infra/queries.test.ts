import { describe, expect, it } from 'vitest';
import {
  columnOf,
  preludeText,
  queryNames,
  queryText,
  wholeQuery,
} from '../../scripts/log-queries.ts';
import { questionOf } from '../../scripts/log-tables.ts';
import { EVENTS } from '../../src/teardown/log/log-events.ts';
import { FIELDS, type Field } from '../../src/teardown/log/log-fields.ts';
import { kusto } from './kusto.ts';
import { WORKSPACE_TABLES } from './workspace-tables.ts';

const analyse = kusto(WORKSPACE_TABLES);
const names = await queryNames();

/** The columns whose values the schema knows, with these values. */
const known = new Map<string, readonly string[]>([
  ['Event', Object.keys(EVENTS)],
  ...Object.entries<Field>(FIELDS).flatMap(([name, { values }]) =>
    values === undefined ? [] : [[columnOf(name), Object.keys(values)] as const],
  ),
]);

/** What Microsoft's own language service objects to, and which compared value no line ever has. */
function problemsOf(query: string): readonly string[] {
  const { objections, comparisons } = analyse(query);
  const never = comparisons.flatMap(({ column, values }) =>
    values
      .filter((value) => known.get(column)?.includes(value) === false)
      .map((value) => `No line has "${value}" in ${column}.`),
  );
  return [...objections, ...never];
}

describe('a saved query', () => {
  it('exists for each question', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it.each(names)('%s names only columns, functions and values that there are', async (name) => {
    expect(problemsOf(await wholeQuery(name))).toEqual([]);
  });

  it.each(names)('%s begins with what it answers', async (name) => {
    expect(questionOf(await queryText(name))).toMatch(
      name.startsWith('alerts/') ? /^Alert when there is a row: .*\.$/ : /\?$/,
    );
  });
});

describe('a query of outcomes', async () => {
  const texts = await Promise.all(
    names.map(async (name) => [name, await queryText(name)] as const),
  );
  const ofOutcomes = texts.filter(([, text]) => text.includes("'outcome'"));

  // Lines of a teardown may repeat, and the last one counts (docs/logs.md, "Queries").
  it.each(ofOutcomes)(
    '%s takes none of them at random, and leaves none out before the last',
    (_name, text) => {
      expect(text).not.toMatch(/\b(?:take_)?any(?:if)?\(/);
      expect(text).not.toMatch(/Event == 'outcome' and/);
    },
  );
});

describe('the query of failures', async () => {
  const query = await wholeQuery('failures.kql');
  const code = (await queryText('failures.kql')).replace(/^\/\/.*$/gm, '');

  it("shows the function's own exception, which is the innermost of those around it", () => {
    expect(analyse(query).columns).toEqual([
      'TimeGenerated',
      'CorrelationId',
      'Function',
      'What',
      'Message',
      'OperationId',
    ]);
    expect(code).toContain('InnermostMessage');
    expect(code).toContain('InnermostType');
    expect(code).not.toMatch(/Outer(?:Message|Type)|ExceptionType|ResultCode/);
  });

  it('has one row for a run, whose request and two exceptions name the same invocation', () => {
    const [, afterUnion = ''] = code.split(/^union /m);
    const tables = [...code.matchAll(/InvocationId = tostring\(Properties\.InvocationId\)/g)];
    expect(tables).toHaveLength(2);
    expect(afterUnion).toMatch(/\| summarize [^|]* by Run\n/);
    // A teardown has many lines, and the union's rows are one by one only where each meets one of them.
    expect(code).toMatch(/summarize CorrelationId = take_any\(CorrelationId\) by OperationId/);
    expect(afterUnion.match(/\blookup\b|\bjoin\b/g)).toEqual(['lookup']);
  });
});

describe('a broken query', () => {
  const lines = (query: string) => `${preludeText()}TeardownLines\n${query}`;

  it.each([
    ['a misspelt column', lines('| where Evnt == "outcome"'), "The name 'Evnt' does not refer"],
    [
      'a column that was projected away',
      lines('| project Checks | order by Kind'),
      "'Kind' does not",
    ],
    [
      'a column of another table',
      'AppTraces | where DurationMs > 1',
      "'DurationMs' does not refer",
    ],
    ['a misspelt table', 'AppTrace | take 1', "'AppTrace' does not refer"],
    ['the classic name of a table', 'traces | take 1', "'traces' does not refer"],
    ['a misspelt function', lines('| summarize cuont() by Event'), "'cuont' does not refer"],
    ['a sum of texts', lines('| summarize sum(Kind)'), 'must be summable'],
    ['broken syntax', lines('| where Checks >'), 'Error: '],
    [
      'an event that there is not',
      lines('| where Event == "outcom"'),
      'No line has "outcom" in Event',
    ],
    [
      'one of several kinds that there is not',
      lines('| where Kind in ("parked", "prked")'),
      '"prked"',
    ],
    [
      'such a reason within an aggregate',
      lines('| summarize countif(Reason != "dedline")'),
      '"dedline"',
    ],
  ])('is detected: %s', (_what, query, problem) => {
    expect(problemsOf(query).join(' ')).toContain(problem);
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FIELDS, type Field, type FieldType } from '../src/teardown/log/log-fields.ts';

/** Where the saved queries are. */
export const QUERIES = fileURLToPath(new URL('../infra/queries/', import.meta.url));

/** The query that makes a table of the app's lines; it precedes every other query. */
export const PRELUDE = 'teardown-lines.kql';

const conversions: Readonly<Record<FieldType, string>> = {
  text: 'tostring',
  number: 'tolong',
  flag: 'tobool',
};

/** The column of a field: no keyword of the query language begins with a capital letter. */
export function columnOf(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}

/** The table `TeardownLines`, a column for each field of the schema. */
export function preludeText(): string {
  const fields: readonly (readonly [string, Field])[] = Object.entries(FIELDS);
  const columns = fields.map(
    ([name, { type }]) => `    ${columnOf(name)} = ${conversions[type]}(line.${name})`,
  );
  return `// Which lines has the app written? A row for each, a column for each field of docs/logs.md.
// Made from the schema by "npm run logs"; every other query is to be run with this before it.
let TeardownLines = AppTraces
| where Message startswith_cs '{"event":"'
| extend line = parse_json(Message)
| project
    TimeGenerated,
    Function = OperationName,
    OperationId,
    Event = tostring(line.event),
${columns.join(',\n')};
`;
}

/** The names of all saved queries, those for alerts too, without the prelude. */
export async function queryNames(): Promise<readonly string[]> {
  const names = await readdir(QUERIES, { recursive: true });
  return names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.kql') && name !== PRELUDE)
    .sort();
}

/** A query as written, without the prelude. */
export function queryText(name: string): Promise<string> {
  return readFile(`${QUERIES}${name}`, 'utf8');
}

/** A query as run: the prelude, then the query. */
export async function wholeQuery(name: string): Promise<string> {
  return `${preludeText()}${await queryText(name)}`;
}

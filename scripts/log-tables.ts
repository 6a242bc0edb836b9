import { fileURLToPath } from 'node:url';
import { EVENTS, type Event } from '../src/teardown/log/log-events.ts';
import { FIELDS, type Field } from '../src/teardown/log/log-fields.ts';
import { columnOf, queryNames, queryText } from './log-queries.ts';
import { code, pageWith, row, table } from './tables.ts';

/** The page whose tables are made from the schema and the queries. */
export const LOGS_PAGE = fileURLToPath(new URL('../docs/logs.md', import.meta.url));

function eventTable(): string {
  const events: readonly (readonly [string, Event])[] = Object.entries(EVENTS);
  return table(
    ['event', 'when', 'fields (those in brackets where known)'],
    events.map(([name, { when, fields, optional, level, instanceWide }]) =>
      row(
        code(name) + (level === 'warn' ? ' (warning)' : ''),
        when + (instanceWide ? '; without `correlationId`' : ''),
        [...fields.map(code), ...optional.map((field) => `[${code(field)}]`)].join(', '),
      ),
    ),
  );
}

function fieldTable(): string {
  const fields: readonly (readonly [string, Field])[] = Object.entries(FIELDS);
  return table(
    ['field', 'column', 'type', 'meaning'],
    fields.map(([name, { type, meaning }]) => row(code(name), code(columnOf(name)), type, meaning)),
  );
}

function valueTable(): string {
  const fields: readonly (readonly [string, Field])[] = Object.entries(FIELDS);
  return table(
    ['field', 'value', 'meaning'],
    fields.flatMap(([name, { values = {} }]) =>
      Object.entries(values).map(([value, meaning]) => row(code(name), code(value), meaning)),
    ),
  );
}

async function queryTable(): Promise<string> {
  const rows: string[] = [];
  for (const name of await queryNames()) {
    rows.push(row(`[${name}](../infra/queries/${name})`, questionOf(await queryText(name))));
  }
  return table(['query', 'question'], rows);
}

/** The comment that a query begins with, up to the end of its first question or sentence. */
export function questionOf(query: string): string {
  const comment = query.match(/^(?:\/\/.*\n)+/)?.[0] ?? '';
  const words = comment
    .replace(/^\/\/ ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words.match(/^.*?[?.](?= |$)/)?.[0] ?? '';
}

/** The page as it ought to be: between two marks of a name stands the table of that name. */
export async function logsPage(): Promise<string> {
  const tables = new Map([
    ['events', eventTable()],
    ['fields', fieldTable()],
    ['values', valueTable()],
    ['queries', await queryTable()],
  ]);
  return pageWith(LOGS_PAGE, tables);
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { wholeQuery } from './log-queries.ts';

const TEMPLATE = fileURLToPath(new URL('../infra/workbook.template.json', import.meta.url));

/** The workbook that is deployed. */
export const WORKBOOK_FILE = fileURLToPath(new URL('../infra/workbook.json', import.meta.url));

/** The template has the name of a query in place of its text, so that each query is written once. */
const PLACEHOLDER = /"\{\{([\w/-]+\.kql)\}\}"/g;

/** The Azure workbook, with the saved queries in it. */
export async function workbookText(): Promise<string> {
  const template = await readFile(TEMPLATE, 'utf8');
  const names = new Set([...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
  const queries = new Map<string, string>();
  for (const name of names) queries.set(name, await wholeQuery(name));
  return template.replace(PLACEHOLDER, (_, name: string) => JSON.stringify(queries.get(name)));
}

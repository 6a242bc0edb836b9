import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Section, Shown } from './section.ts';

/** What the last whole run measured, and the charts of it: committed, and quoted by the docs. */
const FOLDER = new URL('../results/', import.meta.url);

const pathOf = (file: string): string => fileURLToPath(new URL(file, FOLDER));

/** Finer than anything that is shown. */
const DIGITS = 4;

/** The results as they are kept, so that what is shown is the same for a run and for its file. */
export function asKept(results: unknown): { readonly text: string; readonly results: unknown } {
  const rounded = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
  const text = `${JSON.stringify(results, rounded, 1)}\n`;
  return { text, results: JSON.parse(text) };
}

export async function keep({ name }: Section, text: string, { charts = {} }: Shown): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(pathOf(`${name}.json`), text);
  for (const [chart, svg] of Object.entries(charts)) await writeFile(pathOf(`${chart}.svg`), svg);
}

export async function kept({ name }: Section): Promise<unknown> {
  return JSON.parse(await readFile(pathOf(`${name}.json`), 'utf8'));
}

export async function keptChart(name: string): Promise<string> {
  return readFile(pathOf(`${name}.svg`), 'utf8');
}

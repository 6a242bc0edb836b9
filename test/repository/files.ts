import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

export const text = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');
export const json = async <T>(path: string): Promise<T> => JSON.parse(await text(path)) as T;
export const yaml = async <T>(path: string): Promise<T> => parse(await text(path)) as T;

/** The files that match, as paths with `/` on every system. */
export const files = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();

/** The scripts of package.json that a text names. */
export const scriptsNamedIn = (written: string): readonly string[] => [
  ...[...written.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
  ...[...written.matchAll(/\bnpm (test|start)\b/g)].map(([, name = '']) => name),
];

export const { scripts } = await json<{ scripts: Readonly<Record<string, string>> }>(
  'package.json',
);

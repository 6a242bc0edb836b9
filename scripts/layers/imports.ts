import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { folderOf, type Import } from './layers.ts';

const IMPORT = /\b(?:(?:from|import)\s+|import\(\s*)'([^'\n]+)'/g;

/** The imports of the files below a folder as written, types included. */
export function writtenImportsBelow(root: string): readonly Import[] {
  return filesBelow(root).flatMap((from) =>
    importedIn(readFileSync(join(root, from), 'utf8')).map((to) => ({ from, to })),
  );
}

/** The imports in a file's text as written: by a statement, by a call, or as an inline type. */
export function importedIn(text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, to]) => to ?? []);
}

/** Every import of one file by another below a folder. */
export function importsBelow(root: string): readonly Import[] {
  return betweenFiles(writtenImportsBelow(root));
}

/** The imports of one file by another, by path. */
export function betweenFiles(written: readonly Import[]): readonly Import[] {
  return written
    .filter(({ to }) => isRelative(to))
    .map(({ from, to }) => ({ from, to: resolved(from, to) }));
}

export const isRelative = (written: string): boolean => /^\.{1,2}\//.test(written);

/** The path that a relative import leads to. */
export const resolved = (from: string, to: string): string =>
  normalize(join(folderOf(from), to)).replaceAll('\\', '/');

export function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { folderOf, type Import } from './layers.ts';

const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** Every import of one file by another below a folder, types included. */
export function importsBelow(root: string): readonly Import[] {
  return filesBelow(root).flatMap((from) =>
    [...readFileSync(join(root, from), 'utf8').matchAll(RELATIVE_IMPORT)].flatMap(([, path]) =>
      path === undefined ? [] : [{ from, to: normalize(join(folderOf(from), path)) }],
    ),
  );
}

export function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

import { globSync } from 'node:fs';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import { folderOf, mutatedFolders } from './folders.ts';

/** Lines of a file, as Stryker takes them: `file:first-last`, with or without columns. */
const LINES = /:\d+(?::\d+)?-\d+(?::\d+)?$/;

/** A folder, and the file of the same name beside it. */
export function placesIn(name: string): readonly string[] {
  return [`${name}/**/*.ts`, `${name}.ts`];
}

/** The options of the command line. */
interface Named {
  readonly file: readonly string[] | undefined;
  readonly folder: readonly string[] | undefined;
}

/**
 * What is to be mutated, as patterns below the current directory; undefined where nothing is named.
 * @throws UsageError for a path that does not exist, or is in no mutated folder
 */
export function placesNamed({ file, folder }: Named): readonly string[] | undefined {
  for (const name of file ?? []) requireFile(name, [name.replace(LINES, '')]);
  for (const name of folder ?? []) requireFile(name, placesIn(name));
  return file ?? folder?.flatMap(placesIn);
}

function requireFile(name: string, patterns: readonly string[]): void {
  if (patterns.some((pattern) => folderOf(pattern) === undefined)) {
    const folders = mutatedFolders.map((each) => each.folder).join(', ');
    throw new UsageError(`${name} is in no folder that is mutated: name one in ${folders}.`);
  }
  if (globSync(patterns).length === 0) {
    throw new UsageError(`There is no TypeScript at ${name}: correct the path, or leave it out.`);
  }
}

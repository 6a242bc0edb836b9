import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import { globSync } from 'tinyglobby';
import { toError } from './invocation.ts';

/** More entry files than this is a pattern gone wrong (it caught `node_modules`, say). */
const MAX_ENTRY_FILES = 500;

/** Reads a file of the app; `undefined` if there is none. */
export function readAppFile(directory: string, name: string): string | undefined {
  try {
    return readFileSync(join(directory, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`${join(directory, name)} cannot be read: ${toError(error).message}.`);
  }
}

/**
 * Finds the files that the app's package.json names as `main`: one file or a glob pattern.
 * @throws UsageError with a message, if package.json or its `main` is missing or matches no file.
 */
export function findEntryFiles(directory: string): string[] {
  const pattern = readMain(directory);
  const files = globSync(pattern, { cwd: directory, expandDirectories: false }).sort();
  if (files.length === 0) {
    throw new UsageError(
      `Found no file matching "${pattern}", the "main" of ${join(directory, 'package.json')}. Build the app first, or correct "main".`,
    );
  }
  if (files.length > MAX_ENTRY_FILES) {
    throw new UsageError(
      `"${pattern}", the "main" of ${join(directory, 'package.json')}, matches ${files.length} files; at most ${MAX_ENTRY_FILES} are loaded. Narrow the pattern.`,
    );
  }
  return files.map((file) => resolve(directory, file));
}

/**
 * Loads the entry files one after the other, each as CommonJS or ES module as Node itself decides.
 * @throws whatever an entry file throws: such an app must not run.
 */
export async function loadEntryFiles(files: readonly string[]): Promise<void> {
  for (const file of files) await import(pathToFileURL(file).href);
}

function readMain(directory: string): string {
  const path = join(directory, 'package.json');
  const text = readAppFile(directory, 'package.json');
  if (text === undefined) {
    throw new UsageError(`${path} does not exist: ${directory} is not a function app's directory.`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${toError(error).message}. Correct the file.`);
  }
  if (
    typeof document !== 'object' ||
    document === null ||
    !('main' in document) ||
    typeof document.main !== 'string' ||
    document.main === ''
  ) {
    throw new UsageError(`${path} has no "main": name the app's entry file, or a pattern of them.`);
  }
  return document.main;
}

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { APP_DIRECTORY } from './embedded-stack.ts';

const DIRECTORY = join(APP_DIRECTORY, '.stack');
const FILE = join(DIRECTORY, 'running.json');

const schema = v.object({ connectionString: v.string() });

/** Leaves word, for `npm run request`, of the stack that runs from this checkout; the latest one counts. */
export async function announceStack(connectionString: string): Promise<void> {
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(FILE, JSON.stringify({ connectionString }));
}

/** Takes the word back, unless a later stack has left its own. */
export async function withdrawStack(connectionString: string): Promise<void> {
  if ((await runningStack()) === connectionString) await rm(FILE, { force: true });
}

/** The connection string of the stack that runs from this checkout, if any. */
export async function runningStack(): Promise<string | undefined> {
  try {
    return v.parse(schema, JSON.parse(await readFile(FILE, 'utf8'))).connectionString;
  } catch {
    return undefined;
  }
}

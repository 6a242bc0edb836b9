import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import * as v from 'valibot';
import { APP_DIRECTORY } from './embedded-stack.ts';
import { addressIn, listens } from './other-service-bus.ts';

/** The folder with a file for each stack that runs from this checkout. */
const DIRECTORY = join(APP_DIRECTORY, '.stack');
const OWN_FILE = join(DIRECTORY, `${process.pid}.json`);

const schema = v.object({ connectionString: v.string(), processId: v.number() });

export interface RunningStack {
  readonly connectionString: string;
  readonly port: number;
}

/** Writes the file of this process's stack, for `npm run request`. */
export async function announceStack(connectionString: string): Promise<void> {
  await mkdir(DIRECTORY, { recursive: true, mode: 0o700 });
  // The file has a key in it; an existing file would keep its permissions.
  await rm(OWN_FILE, { force: true });
  await writeFile(OWN_FILE, JSON.stringify({ connectionString, processId: process.pid }), {
    mode: 0o600,
  });
}

/** Removes the file. */
export async function withdrawStack(): Promise<void> {
  await rm(OWN_FILE, { force: true });
}

/** The stacks that run from this checkout, without those of killed processes. */
export async function runningStacks(): Promise<readonly RunningStack[]> {
  const files = await readdir(DIRECTORY).catch(() => []);
  const found = await Promise.all(files.map((file) => readStack(join(DIRECTORY, file))));
  return found.filter((stack) => stack !== undefined);
}

/**
 * The connection string of the one stack that runs from this checkout, or of the one at that port.
 * @throws UsageError where several run and none is named, or none at that port
 */
export async function runningStack(port?: number): Promise<string | undefined> {
  const stacks = await runningStacks();
  const chosen = port === undefined ? stacks : stacks.filter((stack) => stack.port === port);
  const ports = stacks.map((stack) => stack.port).join(', ');
  if (chosen.length > 1) {
    throw new UsageError(
      `Several stacks run from this checkout, at the ports ${ports}: say which one with --port.`,
    );
  }
  if (port !== undefined && chosen.length === 0) {
    throw new UsageError(
      `No stack of this checkout is at the port ${port}; there is ${ports === '' ? 'none' : `one at ${ports}`}.`,
    );
  }
  return chosen[0]?.connectionString;
}

async function readStack(file: string): Promise<RunningStack | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const { connectionString, processId } = v.parse(schema, JSON.parse(text));
    const address = addressIn(connectionString);
    if (!isAlive(processId)) await rm(file, { force: true });
    if (address === undefined || !isAlive(processId)) return undefined;
    const answers = await listens(address.host, address.port);
    return answers ? { connectionString, port: address.port } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // EPERM: it is there, and someone else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

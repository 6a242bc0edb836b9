import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, onTestFinished } from 'vitest';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Environment = Readonly<Record<string, string>>;

/** What a command of a package writes, and its exit code. */
export function runCommand(
  file: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<Ended> {
  const env = { ...process.env, FORCE_COLOR: '0', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

/** Expects that a command refuses what it cannot do: one message, no stack, and exit code 2. */
export async function expectUsageError(
  ended: Promise<Omit<Ended, 'code'> & { code: number | null }>,
) {
  const { code, out, err } = await ended;
  expect([code, out]).toEqual([2, '']);
  expect(err.trim().split('\n'), err).toHaveLength(1);
  expect(err).not.toMatch(/^\s+at |node:internal|Error:/m);
  return err;
}

/** A port that someone else listens on, until the test ends. */
export async function portInUse(): Promise<number> {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  return typeof address === 'object' && address ? address.port : 0;
}

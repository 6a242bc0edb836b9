import { execFile } from 'node:child_process';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** The time-out of a program that hangs. */
const LIMIT_MS = 300_000;

/** How a program ended; 127 if it could not be started, as in a shell. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly limitMs?: number;
  /** Variables added to those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder it is run in. */
  readonly directory?: string;
}

/** Runs a program to its end, and at most for five minutes. It never throws. */
export function run(
  command: string,
  args: readonly string[],
  { limitMs = LIMIT_MS, environment = {}, directory }: RunOptions = {},
): Promise<Ran> {
  const options = {
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: limitMs,
    cwd: directory,
    env: { ...process.env, ...environment },
  };
  return new Promise((resolve) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      resolve({ exitCode: typeof code === 'number' ? code : 127, stdout, stderr });
    });
  });
}

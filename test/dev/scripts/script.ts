import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a shell of someone has who configured nothing. */
const NOTHING_CONFIGURED = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:(?:AzureWebJobs)?ServiceBusConnection|SANDBOX_|PARTNER_CENTER_|TEARDOWN_|SWEEP_)/.test(
        name,
      ),
  ),
);

export interface Script {
  readonly child: ChildProcess;
  /** Every line so far, of both streams. */
  readonly lines: readonly string[];
  /** What it wrote, and its exit code, once it has ended. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
  }>;
  /** The first line like this, with what the pattern's group found; rejects where it ends without. */
  line(pattern: RegExp): Promise<string>;
}

/** Runs a script of this checkout, as its npm script would; ends with the test at the latest. */
export function script(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Script {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...NOTHING_CONFIGURED, FUNCTIONS_HOST: 'embedded', FORCE_COLOR: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const texts = { out: '', err: '' };
  const heard = new EventTarget();
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      heard.dispatchEvent(new Event('line'));
    });
  }
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, ...texts }));
  });
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const found = lines.map((each) => pattern.exec(each)).find((each) => each !== null);
        if (found) resolve(found[1] ?? found[0]);
      };
      heard.addEventListener('line', check);
      check();
      void ended.then(({ out, err }) => reject(new Error(`No line like ${pattern}: ${out}${err}`)));
    });
  return { child, lines, ended, line };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * What a program of this bench prints, line by line as JSON, run in a process of its own that can collect its garbage.
 *
 * @throws Error where it fails
 */
export async function jsonLinesOf(
  program: URL,
  parameters: readonly string[],
): Promise<readonly unknown[]> {
  const path = fileURLToPath(program);
  const child = spawn(process.execPath, ['--expose-gc', path, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'close');
  const lines: unknown[] = [];
  for await (const line of createInterface(child.stdout)) lines.push(JSON.parse(line));
  const [code] = await exited;
  if (code !== 0) throw new Error(`${path} ended with code ${code}.`);
  return lines;
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFile } from '../partner-center/auth/sign-in-harness.ts';
import { type Ended, operator } from './operator.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** The command line as a process of its own. */
async function shell() {
  const harness = await operator();
  const { server, keyVault, settings, identityEnvironment } = harness;
  const trusted = await temporaryFile(`${server.certificatePem}\n${keyVault.certificatePem}`);
  const run = (
    args: readonly string[],
    changed: Readonly<Record<string, string>> = {},
  ): Promise<Ended> => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: {
        PATH: process.env['PATH'],
        // Without it there are no sockets on Windows.
        SystemRoot: process.env['SystemRoot'],
        NODE_EXTRA_CA_CERTS: trusted,
        ...identityEnvironment,
        ...settings,
        ...changed,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill());
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        harness.approve(line);
      });
    }
    return new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, output: lines.join('\n') }));
    });
  };
  return { ...harness, run };
}

describe('sandbox-teardown as a process', () => {
  it('exits with 0 when all is done', async () => {
    const { run, kept } = await shell();
    const { code, output } = await run(['consent']);
    expect([code, output]).toEqual([0, expect.stringContaining('/secrets/refresh-token')]);
    expect(kept()).toHaveLength(1);
    expect(output).not.toMatch(/eyJ/);
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, number]>([
    ['a wrong secret', ['consent'], { PARTNER_CENTER_CLIENT_SECRET: 'wrong~secret' }, 1],
    ['a wrong setting', ['consent'], { SANDBOX_TENANT_ID: 'contoso' }, 2],
    ['a flag that there is not', ['consent', '--print'], {}, 2],
    ['a command that there is not', ['bake'], {}, 2],
  ])('with %s ends with a message and no stack', async (_what, args, changed, exit) => {
    const { run } = await shell();
    const { code, output } = await run(args, changed);
    expect(code).toBe(exit);
    expect(output).not.toMatch(/wrong~secret|\bat .*\.ts:/);
  });
});

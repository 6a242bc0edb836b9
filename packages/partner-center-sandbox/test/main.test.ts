import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expectUsageError, portInUse, runCommand } from '@sandbox-teardown/shared/testing';
import { expect, onTestFinished, test } from 'vitest';

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const MAIN = pathOf('src/main.ts');

/** What the command says once it runs; it ends with the test. */
async function started(...args: readonly string[]): Promise<Record<string, string>> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(String(line));
}

test('--help says what the command does, and does nothing', async () => {
  const { code, out, err } = await runCommand(MAIN, ['--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Usage: npx partner-center-sandbox [options]');
});

test.each<[string, string[], RegExp]>([
  ['no such option', ['--bogus'], /unknown option '--bogus'.* See: npx partner-center-sandbox/],
  ['more customers than there is room for', ['--customers', '76'], /from 0 to 75/],
  ['a port that is none', ['--api-port', 'x'], /'--api-port <number>'.*from 0/],
  [
    'a journal that is a directory',
    ['--journal', pathOf('src')],
    /^The journal cannot be kept: EISDIR|^The journal .*src/,
  ],
  [
    'a certificate where there is no folder',
    ['--certificate', pathOf('no/such/file')],
    /cannot be written: ENOENT/,
  ],
])('%s ends it with one sentence', async (_what, args, sentence) => {
  expect(await expectUsageError(runCommand(MAIN, args))).toMatch(sentence);
});

test('a port that is in use ends it with one sentence', async () => {
  const port = await portInUse();
  const ended = runCommand(MAIN, ['--login-port', `${port}`]);
  expect(await expectUsageError(ended)).toContain(`The port ${port} is in use`);
});

test('says where everything is, who may sign in and what is to be trusted, and keeps its customers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const certificate = join(folder, 'login.pem');
  const args = ['--customers', '3', '--certificate', certificate];
  const said = await started(...args, '--journal', join(folder, 'journal'));
  const headers = { Authorization: `Bearer ${said['controlToken']}` };
  const state = await (await fetch(`${said['controlUrl']}/state`, { headers })).json();
  expect(state).toMatchObject({ customers: [{}, {}, {}] });
  expect(readFileSync(certificate, 'utf8')).toBe(said['certificatePem']);
  expect(said['certificatePem']?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  for (const name of ['apiUrl', 'loginUrl', 'vaultUrl', 'tenantId', 'clientId', 'clientSecret']) {
    expect(said[name]).toBeTruthy();
  }
});

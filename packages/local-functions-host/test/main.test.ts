import { fileURLToPath } from 'node:url';
import { expectUsageError, runCommand } from '@sandbox-teardown/shared/testing';
import { expect, test } from 'vitest';

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const MAIN = pathOf('src/main.ts');
const APP = pathOf('test/fixtures/es-module');

test('--help says what the command does, and does nothing', async () => {
  const { code, out, err } = await runCommand(MAIN, ['--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Usage: npx local-functions-host [options]');
});

test.each<[string, string[], Record<string, string>, RegExp]>([
  ['an option that it has not', ['--bogus'], {}, /unknown option '--bogus'.* --help/],
  ['a directory that there is not', ['/nonexistent'], {}, /has no host\.json: it is not/],
  [
    'an app that is a file',
    [pathOf('package.json')],
    {},
    /cannot be read: ENOTDIR|has no host\.json/,
  ],
  [
    'a setting that it does not take',
    [APP],
    { EMBEDDED_HOST_TIMERS_EARLY_MS: 'x' },
    /EMBEDDED_HOST_TIMERS_EARLY_MS must be/,
  ],
])('%s ends the command with one message', async (_what, args, environment, message) => {
  expect(await expectUsageError(runCommand(MAIN, args, environment))).toMatch(message);
});

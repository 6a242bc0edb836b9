import { fileURLToPath } from 'node:url';
import { expectUsageError, portInUse, runCommand } from '@sandbox-teardown/shared/testing';
import { expect, test } from 'vitest';

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const MAIN = pathOf('src/main.ts');
const ENTITIES = pathOf('entities.example.json');

test('--help says what the command does, and does nothing', async () => {
  const { code, out, err } = await runCommand(MAIN, ['--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Usage: npx local-service-bus [options]');
});

test.each<[string, string[], RegExp]>([
  ['without entities', [], /--entities <file>.* See: npx local-service-bus --help/],
  ['with entities that are none', ['--entities', pathOf('package.json')], /does not declare/],
  ['with no such option', ['--entities', ENTITIES, '--bogus'], /unknown option '--bogus'/],
  ['at a port that is none', ['--entities', ENTITIES, '--port', 'x'], /'--port <number>'.*from 0/],
  [
    'with a journal that is a directory',
    ['--entities', ENTITIES, '--journal', pathOf('src')],
    /^The journal .*src.* could not be written|cannot be kept/,
  ],
])('%s the command ends with one message', async (_what, args, message) => {
  expect(await expectUsageError(runCommand(MAIN, args))).toMatch(message);
});

test('at a port that is in use the command ends with one message', async () => {
  const port = await portInUse();
  const args = ['--entities', ENTITIES, '--port', `${port}`];
  expect(await expectUsageError(runCommand(MAIN, args))).toContain(`The port ${port} is in use`);
});

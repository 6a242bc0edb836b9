import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { script } from './script.ts';

const STACKS = fileURLToPath(new URL('../../../.stack', import.meta.url));

/** The first customer of `npm start`, once the functions run; and where its Service Bus is. */
async function started(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
) {
  const app = script(['dev/start.ts', ...args], environment);
  const customer = await app.line(/npm run request -- (\S+)/);
  const connection = await app.line(/^Service Bus: (\S+)$/);
  const port = /:(\d+);/.exec(connection)?.[1] ?? '';
  await app.line(/Host started/);
  const stop = async () => {
    app.child.kill('SIGINT');
    return app.ended;
  };
  return { ...app, customer, connection, port, stop };
}

const request = (...args: readonly string[]) => script(['dev/request.ts', ...args]).ended;

const file = () => {
  const directory = mkdtempSync(join(tmpdir(), 'start-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'kept.journal');
};

describe('npm start on the simulated sandbox', () => {
  it('deletes nothing where TEARDOWN_MODE is off', async () => {
    const app = await started([], { TEARDOWN_MODE: 'off' });
    expect(app.lines).toContain('TEARDOWN_MODE is "off", and counts here too.');
    const { code, out } = await request(app.customer, '--connection', app.connection);
    expect([code, out]).toEqual([0, expect.stringContaining("reason: 'switched-off'")]);
    expect((await app.stop()).code).toBe(0);
  });

  it('does not disturb another stack of this checkout, and gets none of its messages', async () => {
    const first = await started();
    const second = await started();
    expect(second.port).not.toBe(first.port);
    const ambiguous = await request(first.customer, '--no-wait');
    expect(ambiguous).toMatchObject({ code: 2, out: '' });
    expect(ambiguous.err).toMatch(/^Several stacks .*\d+, .*\d+: say which one with --port\.\n$/);
    expect(await request(second.customer, '--port', second.port)).toMatchObject({
      code: 0,
      out: expect.stringContaining('sandbox.teardown.deleted'),
    });
    expect((await second.stop()).code).toBe(0);
    // Both sandboxes draw the same customers, and this one is still there.
    expect(await request(first.customer, '--port', first.port)).toMatchObject({
      code: 0,
      out: expect.stringContaining('sandbox.teardown.deleted'),
    });
    expect((await first.stop()).code).toBe(0);
  });

  it('writes a stack file that only its owner can read, and removes it; that of a killed stack is ignored', async () => {
    const app = await started();
    const own = join(STACKS, `${app.child.pid}.json`);
    if (process.platform !== 'win32') expect(statSync(own).mode & 0o777).toBe(0o600);
    await app.stop();
    expect(existsSync(own)).toBe(false);

    const killed = await started();
    const left = join(STACKS, `${killed.child.pid}.json`);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(existsSync(left)).toBe(true);
    expect(await request(killed.customer, '--port', killed.port)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`No stack of this checkout is at the port ${killed.port}`),
    });
    expect(existsSync(left)).toBe(false);
  });

  it('with --journal goes on after a kill where it was: deleted customers stay deleted', async () => {
    const journal = ['--journal', file()];
    const first = await started(journal);
    const offered = first.lines.filter((line) => line.includes('npm run request -- '));
    expect(await request(first.customer, '--connection', first.connection)).toMatchObject({
      out: expect.stringContaining('sandbox.teardown.deleted'),
    });
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await started(journal);
    const left = second.lines.filter((line) => line.includes('npm run request -- '));
    expect(left).toHaveLength(offered.length - 1);
    expect(left.join()).not.toContain(first.customer);
    expect(await request(first.customer, '--connection', second.connection)).toMatchObject({
      out: expect.stringContaining("reason: 'unknown-customer'"),
    });
    await second.stop();
  });
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generateCustomers } from '../src/core/generate.ts';
import { Sandbox } from '../src/core/sandbox.ts';
import { JournalledSandbox } from '../src/journalled-sandbox.ts';
import { startSandbox } from '../src/sandbox-server.ts';

const START_MS = Date.UTC(2026, 10, 22);

/** A journal, and a clock that only the test moves. */
function createJournal() {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'kept.sandbox');
  let nowMs = START_MS;
  const open = (seed = 1) => {
    const sandbox = JournalledSandbox.open({ nowMs: () => nowMs, seed }, path);
    onTestFinished(() => sandbox.close());
    return sandbox;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { path, open, pass, now: () => nowMs };
}

function call(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  return sandbox.handle({
    method,
    path: `/v1/customers${path}`,
    caller: sandbox.appOnlyCaller,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer secret' },
    ...(body === undefined ? {} : { body }),
  });
}

/** One thing after the other, drawn from numbers: seeding, reading, cancelling, deleting, faults, settings, time. */
function act(sandbox: Sandbox, pass: (ms: number) => void, [what, which]: readonly number[]): void {
  const { customers } = sandbox.state();
  const customer = customers[(which ?? 0) % Math.max(1, customers.length)];
  const order = customer?.orders[0]?.id;
  switch (what) {
    case 0:
      for (const spec of generateCustomers(which ?? 0, 2)) sandbox.addCustomer(spec);
      return;
    case 1:
      for (const list of ['orders', 'subscriptions', 'entitlements']) {
        call(sandbox, 'GET', `/${customer?.id}/${list}`);
      }
      return;
    case 2:
      call(sandbox, 'PATCH', `/${customer?.id}/orders/${order}`, {
        id: order,
        status: 'cancelled',
      });
      return;
    case 3:
      call(sandbox, 'DELETE', `/${customer?.id}`);
      return;
    case 4:
      sandbox.injectFault({ kind: 'drop-after', method: 'PATCH', after: (which ?? 0) % 3 });
      return;
    case 5:
      sandbox.takeFault({ method: 'POST', path: '/token', operation: 'get-token' });
      return;
    case 6:
      sandbox.changeSettings({
        cancelTakesMs: { lowest: 0, highest: 60_000 * ((which ?? 0) % 5) },
      });
      return;
    case 7:
      if (customer !== undefined) sandbox.addPurchase(customer.id, { kind: 'reservation' });
      return;
    default:
      pass(30_000 * ((which ?? 0) % 10));
  }
}

describe('a sandbox with a journal', () => {
  it('is after a restart what it was before, whatever happened in it', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 50 })), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (happened) => {
        const { open, pass } = createJournal();
        const before = open();
        for (const step of [[0, 1], ...happened]) {
          try {
            act(before, pass, step);
          } catch {
            // A quota; a call that is refused counts too.
          }
        }
        const whole = [before.state(), before.requests(), before.waitingFaults];
        before.close();
        const after = open();
        expect([after.state(), after.requests(), after.waitingFaults]).toEqual(whole);
        pass(3_600_000);
        after.close();
        // What was due meanwhile has come.
        const later = open();
        const order = later.state().customers.flatMap(({ orders }) => orders)[0];
        expect(order?.status).not.toBe('cancelling');
        later.close();
      }),
      { numRuns: 60 },
    );
  });

  it('knows of every call that changes a sandbox', () => {
    const methods = (prototype: object) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype))
        .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
        .map(([name]) => name);
    const reading = ['hasCustomer', 'hasDomain', 'state', 'requests'];
    const changing = methods(Sandbox.prototype).filter((name) => !reading.includes(name));
    expect(methods(JournalledSandbox.prototype)).toEqual(expect.arrayContaining(changing));
  });

  it('has no other account beside it, on which its answers might depend', async () => {
    const { path } = createJournal();
    const server = await startSandbox({ journalPath: path });
    onTestFinished(() => server.close());
    expect(() => server.addAccount()).toThrow('has one account');
  });

  it('goes on as one that was never stopped', () => {
    const { open, pass, now } = createJournal();
    const never = new Sandbox({ nowMs: now, seed: 1 });
    let kept: JournalledSandbox = open();
    for (const [index, spec] of generateCustomers(7, 12).entries()) {
      expect(kept.addCustomer(spec)).toEqual(never.addCustomer(spec));
      pass(1_000);
      if (index % 3 === 0) {
        kept.close();
        kept = open();
      }
    }
    expect(kept.state()).toEqual(never.state());
  });

  it('keeps no token, and the file for its owner', () => {
    const { open, path } = createJournal();
    call(open(), 'GET', '');
    expect(readFileSync(path, 'utf8')).not.toContain('secret');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is empty after a reset, also after a restart', () => {
    const { open } = createJournal();
    const before = open();
    before.addCustomer({ purchases: [] });
    before.reset();
    before.close();
    expect(open().state().customers).toEqual([]);
  });

  it('refuses a journal of another sandbox, and one in use', () => {
    const { open } = createJournal();
    const sandbox = open(1);
    expect(() => open(1)).toThrow('is in use by the process');
    sandbox.close();
    expect(() => open(2)).toThrow('line 1 is not the beginning of this simulated sandbox');
  });

  it('leaves out a line that a crash cut off, and refuses one that is damaged', () => {
    const { open, path } = createJournal();
    const before = open();
    before.addCustomer({ purchases: [] });
    before.close();
    appendFileSync(path, '01234567 {"atMs":1,"com');
    const after = open();
    expect(after.state().customers).toHaveLength(1);
    after.close();
    appendFileSync(path, '01234567 {"atMs":1}\n');
    expect(() => open()).toThrow('line 3 is damaged');
  });
});

import { describe, expect, it, vi } from 'vitest';
import { bySeed } from '../../simulation/choices.ts';
import { Oracle } from '../../simulation/oracle/oracle.ts';
import { run } from '../../simulation/run.ts';
import { instanceLog } from '../../src/functions/log-lines.ts';
import { signInBy } from '../../src/partner-center/auth/sign-in.ts';
import { EVENTS } from '../../src/teardown/log/log-events.ts';
import { parkDeadLetters } from '../../src/teardown/park-dead-letters.ts';
import { postponeCheck } from '../../src/teardown/reconcile/postpone-check.ts';
import { embeddedApp } from '../embedded/embedded-app.ts';
import { signInHarness } from '../partner-center/auth/sign-in-harness.ts';
import { silentMessenger } from '../support/a-teardown.ts';
import { BACKOFF } from '../teardown/builders.ts';
import { isLine, problemsOf } from './line-problems.ts';

const SEEDS = 150;

const fieldOf = (name: string) => (line: string) => String(JSON.parse(line)[name]);

/** Every fault that the simulation knows, dead letters among them, through the product's own use cases. */
async function simulatedLines(): Promise<readonly string[]> {
  const lines: string[] = [];
  const wrote = vi.spyOn(Oracle.prototype, 'wrote').mockImplementation((text) => {
    if (isLine(text)) lines.push(text);
  });
  for (let seed = 1; seed <= SEEDS; seed += 1) await run(bySeed(seed));
  wrote.mockRestore();
  return lines;
}

/** The built bundle in a functions host, on a broker and a sandbox: a malformed request, and a night. */
async function realLines(): Promise<readonly string[]> {
  const lines: string[] = [];
  const app = await embeddedApp({ SWEEP_INCLUDE: '*.onmicrosoft.com' });
  app.sandbox.addCustomer({ purchases: [{ kind: 'reservation', cancelTakesMs: 100 }] });
  // The rejected request, the sweep's own event, and the end of the teardown that it asked for.
  const collected = app.outcomes(3);
  const host = await app.start((event) => {
    if (event.type === 'log' && isLine(event.message)) lines.push(event.message);
  });
  await app.send({ body: 'not a request', messageId: 'malformed' });
  await host.invoke('nightlySweep');
  await collected;
  return lines;
}

/** What becomes of a check of a newer version of the app. */
async function postponedLine(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const names = { teardownId: 'teardown-1', attempt: 1, postponedFrom: 1 };
  const deps = { messenger: silentMessenger, nowMs: () => 0, backoff: BACKOFF };
  await postponeCheck({ ...names, startedMs: 0, body: {} }, deps, (correlationId) => {
    return (event, fields) => {
      const line = JSON.stringify({ event, correlationId, ...fields });
      if (event === 'check-postponed') resolve(line);
    };
  });
  return promise;
}

/** What becomes of a dead letter that cannot be handled now. */
async function notHandledLine(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const down = () => Promise.reject(new Error('Service Bus is down.'));
  const messenger = { scheduleCheck: down, postponeCheck: down, publishOutcome: down };
  const letter = { messageId: 'teardown-1', body: 'x', cause: { reason: 'TTL' }, remove: down };
  const takeDeadLetters = async (queue: string) => (queue === 'requests' ? [letter] : []);
  await parkDeadLetters(
    { takeDeadLetters, messenger, nowMs: () => 0 },
    (correlationId) => (event, fields) => {
      if (event === 'outcome') return;
      resolve(JSON.stringify({ event, correlationId, ...fields }));
    },
  );
  return promise;
}

/** The only line of an instance: a refresh token that cannot be written back. */
async function instanceLines(): Promise<readonly string[]> {
  const lines: string[] = [];
  const warn = vi.spyOn(console, 'warn').mockImplementation((line) => void lines.push(line));
  const { application, signIns, server, keep, vault, nowMs } = await signInHarness();
  keep(server.login.issueRefreshToken());
  vault.refuse('PUT', 403);
  await signInBy({ ...application, signIn: signIns.appAndUser, log: instanceLog, nowMs })();
  warn.mockRestore();
  return lines;
}

describe('every line that is written', () => {
  it('follows the schema under every fault; and every event of the schema occurs', async () => {
    const lines = [
      ...(await simulatedLines()),
      ...(await realLines()),
      ...(await instanceLines()),
      await postponedLine(),
      await notHandledLine(),
    ];
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.flatMap(problemsOf)).toEqual([]);
    expect([...new Set(lines.map(fieldOf('event')))].sort()).toEqual(Object.keys(EVENTS).sort());
  });

  it('carries the id of its teardown, which begins with that of the sweep that asked for it', async () => {
    const lines = await realLines();
    const ids = new Set(lines.map(fieldOf('correlationId')));
    ids.delete('malformed');
    const [sweepId, teardownId, ...others] = [...ids].sort();
    expect(sweepId).toMatch(/^sweep-by-hand-\d{8}T\d{9}Z$/);
    expect(teardownId?.startsWith(`${sweepId}-`)).toBe(true);
    expect(others).toEqual([]);
    const ofTeardown = lines.filter((line) => fieldOf('correlationId')(line) === teardownId);
    expect(ofTeardown.map(fieldOf('event'))).toEqual(
      expect.arrayContaining([
        'about-to-write',
        'written',
        'check-scheduled',
        'outcome',
        'request',
      ]),
    );
  });
});

describe('a line that breaks the schema', () => {
  it.each([
    ['has an unknown event', '{"event":"outcom","correlationId":"t"}'],
    ['has the name of something else', '{"event":"toString","correlationId":"t"}'],
    [
      'has an unknown field',
      '{"event":"check","correlationId":"t","checks":1,"tookMs":1,"failed":false,"took":1}',
    ],
    ['lacks a field', '{"event":"check","correlationId":"t","checks":1,"tookMs":1}'],
    ['lacks its correlation id', '{"event":"check","checks":1,"tookMs":1,"failed":false}'],
    [
      'has a text for a number',
      '{"event":"check","correlationId":"t","checks":"1","tookMs":1,"failed":false}',
    ],
    [
      'has a value that there is not',
      '{"event":"sweep","correlationId":"t","kind":"done","reason":"requested","why":"","customers":0}',
    ],
    [
      'does not begin as the queries expect',
      '{"correlationId":"t","event":"check","checks":1,"tookMs":1,"failed":false}',
    ],
  ])('is detected where it %s', (_what, line) => {
    expect(problemsOf(line)).not.toEqual([]);
  });
});

import type { ServiceBusMessage } from '@azure/service-bus';
import fc from 'fast-check';
import { expect } from 'vitest';
import { STEADY_BACKOFF } from '../../../simulation/backoff.ts';
import { inProcessApp } from '../../../simulation/in-process-app.ts';
import { MAX_CHARACTERS, MAX_REQUESTS } from '../../../src/partner-center/api.ts';
import { MAX_BODY_BYTES } from '../../../src/partner-center/http/bounded-text.ts';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import { type Teardown, takeCheck, takeRequest } from '../../../src/teardown/teardown.ts';
import { problemsOf } from '../../logs/line-problems.ts';
import { API_URL, type ClientDeps, hostileLogin, keptLog } from './client.ts';
import { CHUNK_BYTES } from './fetch.ts';
import { hostilePartnerCenter } from './hostile-partner-center.ts';
import { secretsIn, signInTrouble, TENANT } from './secrets.ts';
import { CUSTOMER } from './texts.ts';
import { type World, world } from './world.ts';

/** Of one teardown; enough for orders to be cancelled, Azure plans to end and the deletion to be tried. */
const MAX_CHECKS = 5;

/** Three lists are read at the same time: each may have a body under way when the bound is reached. */
const MAX_BYTES = MAX_CHARACTERS + 3 * (MAX_BODY_BYTES + CHUNK_BYTES);

/** Source: Service Bus quotas, Standard tier. */
const MAX_MESSAGE_BYTES = 256 * 1024;

/** How often each thing has happened, so that a run that plays nothing is found out. */
export type Tally = Map<string, number>;

/** Plays a teardown in a hostile world, and holds every check to what it may do. */
async function playTeardown(
  played: World,
  trouble: string | undefined,
  tally: Tally,
): Promise<void> {
  const { fetch, state, read } = hostilePartnerCenter(played);
  const tokens = hostileLogin(
    () => state.nowMs,
    () => (state.checks % 2 === 0 ? trouble : undefined),
  );
  const sent: ServiceBusMessage[] = [];
  const teardown = teardownWith({ fetch, tokens, nowMs: () => state.nowMs }, sent);
  let body: unknown = { customerTenantId: CUSTOMER, ...played.request };
  let messageId = 'teardown-1';
  for (let handle = takeRequest; body !== undefined; handle = takeCheck) {
    Object.assign(read, { requests: 0, bytes: 0 });
    Object.assign(state, { checkBeganMs: state.nowMs });
    sent.length = 0;
    const { lines, logOf } = keptLog();
    await handle({ body, messageId }, teardown, logOf);
    expect(state.strange).toEqual([]);
    expect(read.requests).toBeLessThanOrEqual(MAX_REQUESTS);
    expect(read.bytes).toBeLessThanOrEqual(MAX_BYTES);
    const message = sent.length === 1 ? sent[0] : undefined;
    if (message === undefined) return expect.unreachable(`${sent.length} messages were sent.`);
    expectHarmless(JSON.stringify(message), lines);
    const end = endOf(message);
    // What it has sent itself, it can read.
    expect(end).not.toMatch(/malformed|foreign/);
    count(tally, end);
    messageId = String(message.messageId);
    body = end === CHECKS_AGAIN ? JSON.parse(JSON.stringify(message.body)) : undefined;
    state.checks += 1;
    // Past the time after which the lists agree, before the checks are used up.
    state.nowMs += LISTING_LAG_MS / 2;
  }
  if (state.written > 0) count(tally, 'a write');
}

/** The app, but for what answers it and where it sends. */
function teardownWith(
  { fetch, tokens, nowMs }: Omit<ClientDeps, 'log'>,
  sent: ServiceBusMessage[],
): Teardown {
  const sandbox = { tenantId: TENANT, deniedTenantIds: [] };
  const app = inProcessApp({ sandbox, apiUrl: API_URL, tokens, nowMs });
  const now = {
    mode: 'enforce',
    protections: [{ customer: '*.protected.example', owner: 'Ada' }],
  } as const;
  const backoff = { ...STEADY_BACKOFF, maxChecks: MAX_CHECKS };
  const senders = {
    send: async (_entity: string, message: ServiceBusMessage) => void sent.push(message),
  };
  return app.teardown(now, backoff, { senders, peek: async () => [], fetch });
}

const CHECKS_AGAIN = 'checks again';

/** A check has no subject, an outcome has its kind. */
function endOf({ subject, body }: ServiceBusMessage): string {
  const event: { data?: { reason?: unknown } } = body;
  return subject === undefined ? CHECKS_AGAIN : `${subject} ${String(event.data?.reason)}`;
}

function count(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

/** What leaves the process holds no secret, keeps to the log's own schema, and is no longer than may be. */
function expectHarmless(message: string, lines: readonly string[]): void {
  expect(secretsIn(`${message}\n${lines.join('\n')}`)).toEqual([]);
  expect(lines.flatMap(problemsOf)).toEqual([]);
  expect(Buffer.byteLength(message)).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
}

/** Ends that are easily come by: a run without one of them plays less than it says. */
const USUAL_ENDS = [
  'a write',
  CHECKS_AGAIN,
  'deleted released',
  'parked too-many-checks',
  'parked unexpected',
  'parked unknown-product',
  'planned dry-run',
  'skipped protected',
];

/** Fewer may leave one out. */
const ENOUGH_RUNS = 200;

/**
 * Every check, whatever lists say and writes are answered with, ends in an outcome or in the next check, within its
 * bounds of requests, bytes, work and time, and nothing that is sent or logged holds a secret.
 */
export async function everyCheckEndsWell(seed: number, runs: number): Promise<void> {
  const tally: Tally = new Map();
  await fc.assert(
    fc.asyncProperty(world, signInTrouble, (played, trouble) =>
      playTeardown(played, trouble, tally),
    ),
    { seed, numRuns: runs },
  );
  if (runs >= ENOUGH_RUNS) expect([...tally.keys()]).toEqual(expect.arrayContaining(USUAL_ENDS));
}

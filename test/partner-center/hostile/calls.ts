import fc from 'fast-check';
import { expect } from 'vitest';
import { MAX_BODY_BYTES } from '../../../src/partner-center/http/bounded-text.ts';
import { MAX_PAGES } from '../../../src/partner-center/paginate.ts';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import type { ErrorAction } from '../../../src/teardown/errors/error-action.ts';
import {
  type ErrorResponse,
  PartnerCenterError,
} from '../../../src/teardown/model/partner-center-error.ts';
import { problemsOf } from '../../logs/line-problems.ts';
import { type RawAnswer, rawAnswer } from './answers.ts';
import { clientOf, hostileLogin, keptLog } from './client.ts';
import { CHUNK_BYTES, hostileFetch, type Wire } from './fetch.ts';
import { secretsIn, signInTrouble } from './secrets.ts';

/** On average: one or two, the second for a page that follows, or a request that is made again. */
export const ANSWERS_A_CALL = 1.5;

/** Fewer may leave out an end of a call. */
const ENOUGH_RUNS = 5_000;

/** Body, description and names, each within its limit. */
const MAX_ERROR_LENGTH = 8_000;

const READS = /^(?:list|get)-/;

type Client = ReturnType<typeof clientOf>;
const subscription = { id: 's', etag: 'x', resource: { id: 's', status: 'active' } } as const;
const read = { offerId: '', offerName: '', productType: '', status: 'active', quantity: 1 };

/** Every call that the client can make. */
const calls: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  'get-organization-profile': (client) => client.organizationDomain(),
  'list-customers': (client) => client.listCustomers(75),
  'get-customer': (client) => client.getCustomer('c'),
  'list-orders': (client) => client.listOrders('c'),
  'list-subscriptions': (client) => client.listSubscriptions('c'),
  'list-entitlements': (client) => client.listEntitlements('c'),
  'list-azure-entitlements': (client) => client.listAzureEntitlements('c', 'plan'),
  'cancel-order': (client) => client.cancelOrder('c', 'o'),
  'end-subscription': (client) =>
    client.endSubscription('c', { ...read, ...subscription }, 'deleted'),
  'activate-subscription': (client) =>
    client.activateSubscription('c', { ...read, ...subscription }),
  'turn-off-auto-renew': (client) => client.turnOffAutoRenew('c', { ...read, ...subscription }),
  'cancel-azure-entitlement': (client) =>
    client.cancelAzureEntitlement('c', { id: 'a', planId: 'plan', status: 'active' }),
  'delete-customer': (client) => client.deleteCustomer('c'),
};

/** How a call has ended; whatever is thrown but an error is a bug. */
async function endOf(call: Promise<unknown>): Promise<ErrorResponse | 'done'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof PartnerCenterError) return error.response;
    throw error;
  }
}

const isGood = (status: number): boolean => status >= 200 && status <= 299;

/** A call is done by a good answer and no other; a deletion by the documented one, or by 200 and nothing. */
function expectDoneBy(operation: string, { status, body }: RawAnswer): void {
  expect(isGood(status)).toBe(true);
  if (operation !== 'delete-customer') return;
  expect(status === 204 || (status === 200 && body.trim() === '')).toBe(true);
}

/** An error says what the last answer was, and means what that can mean. */
function expectMeaningOf(refused: ErrorResponse, last: RawAnswer | undefined): void {
  const { status, operation } = refused;
  if (operation !== 'sign-in' && status !== 0) {
    expect(isGood(last?.status ?? 0) ? isGood(status) : status === last?.status).toBe(true);
  }
  const meaning = classifyError(refused);
  if (refused.unreadable) expectUnreadable(refused, last);
  const passes = status === 0 || status === 408 || status === 429 || status >= 500;
  if (passes || refused.unreadable) expect(meaning).toEqual({ kind: 'requeue' });
  if (isGood(status) && operation !== 'delete-customer' && !refused.unreadable) {
    expect(meaning).toMatchObject({ kind: 'park', reason: 'unexpected' });
  }
  expectReadFrom(meaning.kind, refused);
}

/** What each rare meaning must have been read from. */
function expectReadFrom(
  kind: ErrorAction['kind'],
  { status, operation, code }: ErrorResponse,
): void {
  if (kind === 'customer-gone') expect([400, 403, 404]).toContain(status);
  if (kind === 'go-on-without')
    expect(`${operation} ${status}/${code}`).toMatch(
      /^list-(?:entitlements 403.900329|azure-entitlements 400.(?:800011|800012|800021|800030))$/,
    );
  if (kind === 'use-subscriptions') {
    expect(operation).toBe('cancel-order');
    expect(`${status}/${code}`).toMatch(/^(?:400.800063|403.800077|403.900263)$/);
  }
  if (kind === 'already-released') {
    expect(`${operation} ${status}/${code}`).toMatch(
      /^(?:end-subscription 400.2011|cancel-azure-entitlement (?:40[09].(?:900278|800040|800096|900279|2011)|400.(?:800011|800012|800021|800030)))$/,
    );
  }
  if (kind === 'activate-first' || kind === 'already-suspended') {
    expect(operation).toBe('end-subscription');
    expect(`${status}/${code}`).toBe(kind === 'activate-first' ? '400/800081' : '400/800091');
  }
}

/** Only what was read, and only as it came. */
function expectUnreadable({ operation, status }: ErrorResponse, last: RawAnswer | undefined): void {
  expect(operation).toMatch(READS);
  expect(status).toBe(last?.status);
}

/** Every call, whatever it is answered with, ends well or in an error, and harms no one. */
export async function everyCallEndsWell(
  seed: number,
  runs: number,
  wire: Wire = hostileFetch,
): Promise<void> {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(calls)),
      fc.array(rawAnswer, { minLength: 1, maxLength: 2 }),
      signInTrouble,
      async (operation, answers, trouble) => {
        ends.add(`${operation} ${await playCall(operation, answers, trouble, wire)}`);
      },
    ),
    { seed, numRuns: runs },
  );
  // Each call was played to either end, or this run says nothing of it.
  const all = Object.keys(calls).flatMap((each) => [
    ...[`${each} done`, `${each} refused`],
    ...(READS.test(each) ? [`${each} unreadable`] : []),
  ]);
  if (runs >= ENOUGH_RUNS) expect([...ends].toSorted()).toEqual(all.toSorted());
}

/** Makes one call, and holds it to what it may do. */
async function playCall(
  operation: string,
  answers: readonly RawAnswer[],
  trouble: string | undefined,
  wire: Wire,
): Promise<'done' | 'refused' | 'unreadable'> {
  let last: RawAnswer | undefined;
  let nowMs = 0;
  const { fetch, state } = wire(
    () => {
      last = answers[(state.requests - 1) % answers.length];
      return last ?? expect.unreachable();
    },
    () => {
      nowMs += 100;
    },
  );
  const { lines, logOf } = keptLog();
  const tokens = hostileLogin(
    () => nowMs,
    () => trouble,
  );
  const client = clientOf({ fetch, tokens, log: logOf('teardown-1'), nowMs: () => nowMs });
  const end = await endOf(calls[operation]?.(client) ?? expect.unreachable());
  // Each may be sent once more: under another token, or because the connection broke.
  expect(state.requests).toBeLessThanOrEqual(2 * 2 * MAX_PAGES);
  expect(state.bytes).toBeLessThanOrEqual(state.requests * (MAX_BODY_BYTES + CHUNK_BYTES));
  expect(secretsIn(`${JSON.stringify(end)}\n${lines.join('\n')}`)).toEqual([]);
  expect(lines.flatMap(problemsOf)).toEqual([]);
  if (end === 'done') {
    expectDoneBy(operation, last ?? expect.unreachable());
    return 'done';
  }
  expectMeaningOf(end, last);
  expect(JSON.stringify(end).length).toBeLessThanOrEqual(MAX_ERROR_LENGTH);
  return end.unreadable ? 'unreadable' : 'refused';
}

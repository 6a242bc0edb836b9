import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { classifyError } from '../../src/teardown/errors/classify-error.ts';
import { takeInventory } from '../../src/teardown/inventory/inventory.ts';
import { LISTING_LAG_MS } from '../../src/teardown/inventory/listing-lag.ts';
import type { Call } from '../../src/teardown/model/call.ts';
import {
  type ErrorResponse,
  PartnerCenterError,
} from '../../src/teardown/model/partner-center-error.ts';
import { type Decision, decide } from '../../src/teardown/release/decide.ts';
import { articleClient, listOf } from './article-server.ts';
import { afterSixtyDays, expected, expectedMeanings, tellsItsEnd } from './expected.ts';
import { type Sample, samples } from './samples.ts';
import { itemsOf, type World, worldOf } from './world-of.ts';

const HOUR_MS = 60 * 60 * 1000;
const CUSTOMER_ID = '11111111-2222-3333-4444-555555555555';

const answered = samples.filter(({ direction }) => direction === 'response');
const purchases = answered.filter((sample) => worldOf(sample) !== undefined);
const customers = answered.filter(({ kind }) => kind === 'customer' || kind === 'customers');
const errors = answered.filter(({ kind }) => kind === 'error');

/** When the newest of it was bought; a date that no one can read is none. */
function boughtMs(sample: Sample): number {
  const dates = itemsOf(sample).map((item) => {
    const [, date] =
      Object.entries(v.parse(v.looseObject({}), item)).find(
        ([name]) => name.toLowerCase() === 'creationdate',
      ) ?? [];
    // As one article writes it.
    return typeof date === 'string' ? Date.parse(date.replace('TT', 'T')) : Number.NaN;
  });
  return Math.max(Date.UTC(2015, 11), ...dates.filter((ms) => !Number.isNaN(ms)));
}

async function decisionOn(world: World, nowMs: number, startedMs: number): Promise<Decision> {
  const client = await articleClient(world);
  return decide(await takeInventory(client, { id: CUSTOMER_ID }), nowMs, startedMs);
}

function inWords(call: Call): string {
  return call.kind === 'end-subscription' ? `${call.kind} ${call.status}` : call.kind;
}

/** What a person has to be told by name, whatever the reason is called. */
const NAMED = ['savings plan', 'purchase order'];

/** A decision as the table of expectations writes it. */
function words(decision: Decision): string {
  if (decision.kind === 'delete') return 'delete';
  if (decision.kind === 'unreleasable') {
    const { explanation, nextStep, reason } = decision.parked;
    const said = `${explanation} ${nextStep}`.toLowerCase();
    return `park ${NAMED.find((word) => said.includes(word)) ?? reason}`;
  }
  const now = decision.now.map(inWords);
  const later = decision.later.map(inWords);
  if (now.length === 0) return 'wait';
  return [now.join(', '), ...(later.length > 0 ? [`later ${later.join(', ')}`] : [])].join(', ');
}

it('there are 164 payloads in 88 articles, 42 of them repaired', () => {
  expect(samples).toHaveLength(164);
  expect(new Set(samples.map(({ article }) => article)).size).toBe(88);
  expect(samples.filter(({ repaired }) => repaired !== undefined)).toHaveLength(42);
});

it('44 answers are purchases, 7 are customers and 19 are errors: none is left unread', () => {
  expect(purchases.map(({ name }) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  expect(errors.map(({ name }) => name).toSorted()).toEqual(
    Object.keys(expectedMeanings).toSorted(),
  );
  expect([purchases, customers, errors].map(({ length }) => length)).toEqual([44, 7, 19]);
});

describe.each(purchases)('$name ($kind)', (sample) => {
  const world = worldOf(sample) ?? {};
  const nowMs = boughtMs(sample) + HOUR_MS;
  const [first, settled] = expected[sample.name] ?? [[], []];

  it(`is decided at the first check: ${first.join(' or ')}`, async () => {
    expect(first).toContain(words(await decisionOn(world, nowMs, nowMs)));
  });

  it(`is decided when the lists are complete: ${settled.join(' or ')}`, async () => {
    expect(settled).toContain(words(await decisionOn(world, nowMs, nowMs - LISTING_LAG_MS)));
  });
});

async function errorOf(call: Promise<unknown>): Promise<ErrorResponse> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof PartnerCenterError
    ? error.response
    : expect.unreachable(`No error: ${String(error)}`);
}

describe.each(purchases.filter(({ name }) => tellsItsEnd.includes(name)))('$name', (sample) => {
  it('is parked before any write once its last day of cancellation is over', async () => {
    const nowMs = boughtMs(sample) + 40 * 24 * HOUR_MS;
    const decision = await decisionOn(worldOf(sample) ?? {}, nowMs, nowMs - LISTING_LAG_MS);
    expect(decision.kind).toBe('unreleasable');
  });
});

describe.each(purchases.filter(({ name }) => name in afterSixtyDays))('$name', (sample) => {
  const decided = afterSixtyDays[sample.name] ?? '';

  it(`is decided after sixty days and an hour: ${decided}`, async () => {
    const nowMs = boughtMs(sample) + (60 * 24 + 1) * HOUR_MS;
    const decision = await decisionOn(worldOf(sample) ?? {}, nowMs, nowMs - LISTING_LAG_MS);
    expect(words(decision)).toBe(decided);
  });
});

it.each(purchases.filter(({ payload }) => !Array.isArray(payload) && payload['totalCount'] === 37))(
  '$name, one item of 37, is no whole list',
  async ({ payload }) => {
    const client = await articleClient({ subscriptions: { body: payload } });
    const answer = await errorOf(client.listSubscriptions(CUSTOMER_ID));
    expect(answer).toMatchObject({ status: 200, description: expect.stringContaining('37') });
  },
);

const isEmptied = ({ article }: Sample): boolean => article.startsWith('remove-a-reseller');

describe.each(customers.filter((sample) => !isEmptied(sample)))('$name ($kind)', (sample) => {
  it('is read with its domain, and deleted if it has no purchases', async () => {
    const items = itemsOf(sample);
    const ids = items.map((item) => String(v.parse(v.looseObject({}), item)['id']));
    const [only = ''] = ids;
    const client = await articleClient({ customers: listOf(items), [only]: { body: items[0] } });
    const listed = await client.listCustomers(75);
    expect(listed.map(({ id }) => id)).toEqual(ids);
    expect(listed.every(({ domain }) => domain !== undefined)).toBe(true);
    const customer = await client.getCustomer(only);
    expect(customer).toEqual(listed[0]);
    expect(words(decide(await takeInventory(client, customer), 0, 0))).toBe('delete');
  });
});

it.each(customers.filter(isEmptied))('$name, all of it null, is no customer', async (sample) => {
  const client = await articleClient({ [CUSTOMER_ID]: { body: sample.payload } });
  const answer = await errorOf(client.getCustomer(CUSTOMER_ID));
  expect(answer).toMatchObject({ operation: 'get-customer', status: 200 });
});

const organizations = samples.filter(({ name }) => name === 'get-an-organization-profile #1');

it.each(organizations)('$name tells the domain of the organisation', async ({ payload }) => {
  const client = await articleClient({ organization: { body: payload } });
  expect(await client.organizationDomain()).toBe('example.onmicrosoft.com');
});

it.each(errors)('$name is an error, and means something', async (sample) => {
  const { name, status = 400, headers = {}, payload } = sample;
  const client = await articleClient({ subscriptions: { status, headers, body: payload } });
  const answer = await errorOf(client.listSubscriptions(CUSTOMER_ID));
  const code = Array.isArray(payload) ? undefined : payload['code'];
  expect(answer.code).toBe(code === undefined ? undefined : String(code));
  expect(answer.description).not.toBe('');
  const meaning = classifyError(answer);
  const said = meaning.kind === 'park' ? `park ${meaning.reason}` : meaning.kind;
  expect(said).toBe(expectedMeanings[name]);
});

it("the gateway's answer has a wait", async () => {
  const [throttled] = errors;
  const { status = 0, headers = {}, payload } = throttled ?? expect.unreachable();
  const client = await articleClient({ subscriptions: { status, headers, body: payload } });
  expect(await errorOf(client.listSubscriptions(CUSTOMER_ID))).toMatchObject({
    status: 429,
    retryAfterMs: 57_000,
  });
});

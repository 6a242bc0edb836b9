import { describe, expect, it } from 'vitest';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import type { Progress } from '../../../src/teardown/model/check.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import {
  type ErrorResponse,
  PartnerCenterError,
} from '../../../src/teardown/model/partner-center-error.ts';
import { handleApiError } from '../../../src/teardown/reconcile/handle-api-error.ts';
import type { Timing } from '../../../src/teardown/reconcile/retry-policy.ts';
import { aCheck, CUSTOMER_ID, customer, NOW_MS } from '../builders.ts';

const said = (more: Partial<ErrorResponse>): ErrorResponse => ({
  operation: 'list-orders',
  status: 404,
  code: '1000',
  description: 'Not found.',
  body: '',
  ...more,
});

/** How a check goes on after an answer, where reading the customer again ends so. */
function goOn(
  answer: ErrorResponse,
  progress: Progress,
  reading: () => Promise<typeof customer>,
  more = {},
  deadlineMs = 9_000,
) {
  const timing: Timing = {
    backoff: {
      firstDelayMs: 1_000,
      multiplier: 1,
      maxDelayMs: 1_000,
      jitter: 0,
      maxChecks: 9,
      deadlineMs,
    },
    nowMs: NOW_MS,
    random: () => 0,
  };
  const reader = { getCustomer: reading } as unknown as PartnerCenterReader;
  return handleApiError(answer, aCheck(more), { ...timing, reader }, progress);
}

const there = async () => customer;
const unasked = async () => expect.unreachable('The customer was read.');
const gone = async () => {
  throw new PartnerCenterError(said({ operation: 'get-customer' }));
};
const alreadyGone = {
  kind: 'finish',
  outcome: {
    kind: 'deleted',
    reason: 'already-gone',
    explanation:
      'The customer is gone: an earlier call of this teardown, or someone else, deleted it.',
  },
};
const fresh = { begun: false };
const begun = { begun: true };

describe('a list that says "gone"', () => {
  it('is confirmed by reading the customer', async () => {
    expect(await goOn(said({}), begun, gone)).toEqual(alreadyGone);
    expect(await goOn(said({}), begun, there)).toMatchObject({
      kind: 'requeue',
      delayMs: 1_000,
      why: 'Partner Center refused list-orders (404/1000): Not found.',
    });
  });

  it('is checked again where the teardown had not begun, with the wait that was asked for', async () => {
    const answer = said({ retryAfterMs: 5_000 });
    expect(await goOn(answer, fresh, unasked)).toMatchObject({
      kind: 'requeue',
      delayMs: 5_000,
    });
    expect(await goOn(answer, begun, there)).toMatchObject({ kind: 'requeue', delayMs: 5_000 });
  });

  it('is a bug where reading the customer is one', async () => {
    const broken = () => Promise.reject(new TypeError('a bug'));
    await expect(goOn(said({}), begun, broken)).rejects.toThrow('a bug');
  });
});

describe('a write that is refused with 3000', () => {
  const answer = said({ operation: 'cancel-order', status: 400, code: '3000' });
  const parked = { kind: 'finish', outcome: { kind: 'parked', reason: 'invalid-request' } };

  it('may have come after the deletion: it is parked only where the customer exists', async () => {
    expect(await goOn(answer, begun, gone)).toEqual(alreadyGone);
    expect(await goOn(answer, begun, there)).toMatchObject(parked);
  });

  it('is checked again where the customer could not be read', async () => {
    const failing = async () => {
      throw new PartnerCenterError(said({ operation: 'get-customer', status: 503 }));
    };
    expect(await goOn(answer, begun, failing)).toMatchObject({ kind: 'requeue' });
  });
});

describe('a customer that does not exist', () => {
  const answer = said({ operation: 'get-customer' });

  it('was deleted, once the teardown had begun', async () => {
    expect(await goOn(answer, begun, unasked)).toEqual(alreadyGone);
  });

  it('was deleted where its deletion says so, if reading it says so too', async () => {
    const deletion = said({ operation: 'delete-customer' });
    expect(await goOn(deletion, begun, gone)).toEqual(alreadyGone);
    expect(await goOn(deletion, begun, there)).toMatchObject({
      kind: 'requeue',
      why: 'Partner Center refused delete-customer (404/1000): Not found.',
    });
  });

  it('is reported as unknown by the second check at once, not by the first', async () => {
    expect(await goOn(answer, fresh, unasked)).toEqual({
      kind: 'requeue',
      delayMs: 0,
      begun: false,
      missing: true,
      why: 'Partner Center refused get-customer (404/1000): Not found.',
    });
    expect(await goOn(answer, fresh, unasked, { missing: true })).toEqual({
      kind: 'finish',
      outcome: {
        kind: 'rejected',
        reason: 'unknown-customer',
        explanation: `The sandbox has no customer ${CUSTOMER_ID}.`,
        nextStep:
          'Check the customer tenant id; if it was deleted already, there is nothing to do.',
      },
    });
  });
});

describe('a status that cannot change', () => {
  const refused = said({ operation: 'end-subscription', status: 400, code: '800096' });
  const aged = (ageMs: number) => ({ startedMs: NOW_MS - ageMs });

  it('is checked again while an add-on may be listed late, and parked then', async () => {
    expect(
      await goOn(refused, begun, unasked, aged(LISTING_LAG_MS - 1), LISTING_LAG_MS * 2),
    ).toMatchObject({
      kind: 'requeue',
      why: 'Partner Center refused end-subscription (400/800096): Not found.',
    });
    expect(
      await goOn(refused, begun, unasked, aged(LISTING_LAG_MS), LISTING_LAG_MS * 2),
    ).toMatchObject({
      kind: 'finish',
      outcome: { kind: 'parked', reason: 'cannot-cancel', answer: refused },
    });
  });
});

describe('an alternative call that was not possible', () => {
  const aged = (ageMs: number) => ({ startedMs: NOW_MS - ageMs });
  const suspended = said({ operation: 'end-subscription', status: 400, code: '800091' });
  const otherPath = said({ operation: 'cancel-order', status: 403, code: '900263' });
  const toActivate = said({ operation: 'end-subscription', status: 400, code: '800081' });

  it.each([
    ['a suspended subscription', suspended, /^A suspended subscription of this kind still counts/],
    ['an order without subscriptions', otherPath, /^Ask Partner Center support/],
  ])('parks %s once the lists have settled', async (_name, answer, words) => {
    const deadlineMs = LISTING_LAG_MS * 2;
    const early = await goOn(answer, begun, unasked, aged(LISTING_LAG_MS - 1), deadlineMs);
    expect(early.kind).toBe('requeue');
    expect(await goOn(answer, begun, unasked, aged(LISTING_LAG_MS), deadlineMs)).toMatchObject({
      outcome: { reason: 'cannot-cancel', nextStep: expect.stringMatching(words) },
    });
  });

  it('parks a change that was not requested once a stale read cannot be the cause', async () => {
    const answer = said({ operation: 'end-subscription', status: 400, code: '800090' });
    const deadlineMs = LISTING_LAG_MS * 2;
    const early = await goOn(answer, begun, unasked, aged(LISTING_LAG_MS - 1), deadlineMs);
    expect(early.kind).toBe('requeue');
    expect(await goOn(answer, begun, unasked, aged(LISTING_LAG_MS), deadlineMs)).toMatchObject({
      outcome: { reason: 'invalid-request' },
    });
  });

  it('is tried again where the subscription must be activated first', async () => {
    const ending = await goOn(toActivate, begun, unasked, aged(LISTING_LAG_MS), LISTING_LAG_MS * 2);
    expect(ending.kind).toBe('requeue');
  });
});

describe('an error about the age of a purchase', () => {
  const ages = [
    { name: 'Order a', boughtMs: Date.UTC(2026, 8, 1, 9, 30, 59) },
    { name: 'Order b' },
    { name: 'Order c', boughtMs: 0, cancellableUntilMs: Date.UTC(2026, 8, 8) },
    { name: 'Order d', cancellableUntilMs: Date.UTC(2026, 8, 9) },
  ];
  const because = (code: string) => `Partner Center refused cancel-order (400/${code}): Not found.`;
  const parkedBy = (code: string) =>
    goOn(said({ operation: 'cancel-order', status: 400, code, ages }), begun, unasked);

  it.each(['900117', '900213', '800061'])(
    'says when it was bought and until when it could be cancelled: %s',
    async (code) => {
      const parked = await parkedBy(code);
      expect(parked).toMatchObject({
        outcome: {
          explanation: `${because(code)} Order a was bought on 2026-09-01 09:30 UTC. Order c was bought on 1970-01-01 00:00 UTC and could be cancelled until 2026-09-08 00:00 UTC. Order d could be cancelled until 2026-09-09 00:00 UTC.`,
        },
      });
      expect(parked).not.toHaveProperty('outcome.answer.ages');
    },
  );

  it('differs from one about something else', async () => {
    expect(await parkedBy('900311')).toMatchObject({
      outcome: { explanation: because('900311') },
    });
  });
});

describe('an error that ends the teardown', () => {
  const refused = said({ operation: 'cancel-order', status: 400, code: '800061' });

  it('is parked with its description and its orders', async () => {
    const explanation = 'Partner Center refused cancel-order (400/800061): Not found.';
    const nextStep =
      'Ask Partner Center support to cancel these orders, then request the teardown again.';
    const parked = { kind: 'parked', reason: 'cannot-cancel', explanation, nextStep };
    expect(await goOn(refused, begun, unasked)).toStrictEqual({
      kind: 'finish',
      outcome: { ...parked, answer: refused },
    });
    expect(await goOn({ ...refused, orderIds: ['a'] }, begun, unasked)).toStrictEqual({
      kind: 'finish',
      outcome: { ...parked, answer: refused, orderIds: ['a'] },
    });
  });
});

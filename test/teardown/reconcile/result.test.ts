import { describe, expect, it } from 'vitest';
import type { ErrorResponse } from '../../../src/teardown/model/partner-center-error.ts';
import {
  type Evidence,
  evidenceIn,
  finish,
  requeueNow,
} from '../../../src/teardown/reconcile/result.ts';
import { requeueAfter, type Timing } from '../../../src/teardown/reconcile/retry-policy.ts';
import { aCheck, NOW_MS } from '../builders.ts';

const timing: Timing = {
  backoff: {
    firstDelayMs: 1_000,
    multiplier: 2,
    maxDelayMs: 60_000,
    jitter: 0,
    maxChecks: 5,
    deadlineMs: 10_000,
  },
  nowMs: NOW_MS,
  random: () => 0.5,
};
const progress = { begun: true, domain: 'contoso.com' } as const;
const unanswered = { call: 'PATCH /x', requestId: 'r' };
const answer: ErrorResponse = {
  operation: 'cancel-order',
  status: 0,
  description: 'No.',
  body: '',
};
const nextStep =
  'Check in Partner Center what still blocks the deletion, release it by hand or ask support, then request the teardown again.';

describe('a check that is not the last', () => {
  it('is followed by another after a delay, with its progress', () => {
    const at = aCheck({ attempt: 3, delays: 2 });
    expect(requeueAfter(at, timing, progress, 'Not yet.', {})).toStrictEqual({
      kind: 'requeue',
      delayMs: 4_000,
      ...progress,
      why: 'Not yet.',
      delays: 3,
    });
  });

  it('is followed by one that waits as long as it was asked to, and repeats what was not answered', () => {
    const asked = { response: { ...answer, retryAfterMs: 7_000, unanswered } };
    expect(requeueAfter(aCheck(), timing, progress, 'Wait.', asked)).toStrictEqual({
      kind: 'requeue',
      delayMs: 10_500,
      ...progress,
      why: 'Wait.',
      delays: 1,
      unanswered,
    });
  });

  it('that was rate limited is followed by one in its turn, without a longer backoff', () => {
    const rateLimited = { response: { ...answer, retryAfterMs: 7, rateLimited: true } } as const;
    const at = aCheck({ attempt: 3, delays: 2 });
    const waited = { ...progress, delays: 2 };
    expect(requeueAfter(at, timing, waited, 'Wait.', rateLimited)).toStrictEqual({
      kind: 'requeue',
      delayMs: 7,
      ...waited,
      why: 'Wait.',
    });
  });

  it('that was rate limited is followed by one after the usual delay where its turn is not known', () => {
    const rateLimited = { response: { ...answer, rateLimited: true } } as const;
    const at = aCheck({ attempt: 2, delays: 2 });
    expect(requeueAfter(at, timing, progress, 'Wait.', rateLimited)).toMatchObject({
      delayMs: 4_000,
      delays: 3,
    });
  });

  it('with more to do is followed by one at once, without a longer backoff', () => {
    const at = aCheck({ attempt: 3, delays: 2 });
    const waited = { ...progress, delays: 2 };
    expect(requeueAfter(at, timing, waited, 'More.', {}, 0)).toStrictEqual({
      kind: 'requeue',
      delayMs: 0,
      ...waited,
      why: 'More.',
    });
  });

  it('is followed by one at once where there is nothing to wait for', () => {
    expect(requeueNow({ begun: false, missing: true }, 'Nothing.')).toStrictEqual({
      kind: 'requeue',
      delayMs: 0,
      begun: false,
      missing: true,
      why: 'Nothing.',
    });
  });
});

describe('a check after an answer that says how long to wait', () => {
  const HOUR_MS = 3_600_000;
  const day = {
    ...timing,
    backoff: { ...timing.backoff, maxChecks: 99, deadlineMs: 24 * HOUR_MS },
  };
  const delayAfter = (code: string, ageMs: number, more: Partial<ErrorResponse> = {}) => {
    const said = { ...answer, operation: 'end-subscription', status: 409, code, ...more } as const;
    const ending = requeueAfter(aCheck({ startedMs: NOW_MS - ageMs }), day, progress, 'Busy.', {
      response: said,
    });
    return ending.kind === 'requeue' ? ending.delayMs : ending.outcome.reason;
  };

  it('is made two minutes after a renewal interfered', () => {
    expect(delayAfter('1', 0)).toBe(120_000);
    expect(delayAfter('1', 12 * HOUR_MS)).toBe(120_000);
  });

  it('comes later the longer an operation is pending already, for which 24 hours are asked', () => {
    expect(delayAfter('900278', 0)).toBe(120_000);
    expect(delayAfter('900278', 600_000)).toBe(600_000);
    expect(delayAfter('900278', 12 * HOUR_MS)).toBe(HOUR_MS);
  });

  it('is made once an hour while the customer is under review', () => {
    expect(delayAfter('800073', 0, { status: 403 })).toBe(HOUR_MS);
  });

  it('waits longer where the server asks for it, but not less', () => {
    expect(delayAfter('1', 0, { retryAfterMs: 130_000 })).toBe(160_000);
    expect(delayAfter('1', 0, { retryAfterMs: 1_000 })).toBe(120_000);
  });

  it('is made at the deadline at the latest', () => {
    expect(delayAfter('800073', 24 * HOUR_MS - 60_000, { status: 403 })).toBe(60_000);
    expect(delayAfter('800073', 24 * HOUR_MS, { status: 403 })).toBe('customer-under-review');
  });
});

describe('a check that is the last', () => {
  const blocked = { blockers: ['order a'], orderIds: ['a'] };

  it('because its time is up parks with what blocks, from the very moment', () => {
    const at = (ageMs: number) => aCheck({ startedMs: NOW_MS - ageMs });
    expect(requeueAfter(at(9_999), timing, progress, 'Not yet.', blocked).kind).toBe('requeue');
    expect(requeueAfter(at(10_000), timing, progress, 'Not yet.', blocked)).toStrictEqual(
      finish({
        kind: 'parked',
        reason: 'deadline',
        explanation: 'The teardown has used up its time. Not yet.',
        nextStep,
        ...blocked,
      }),
    );
  });

  it('because an order waits for a person says what the person does next', () => {
    const at = aCheck({ startedMs: NOW_MS - 10_000 });
    const ending = requeueAfter(at, timing, progress, 'Not yet.', {
      ...blocked,
      finalAdvice: { reason: 'purchase-order-missing', nextStep: 'Upload it.' },
    });
    expect(ending).toStrictEqual(
      finish({
        kind: 'parked',
        reason: 'purchase-order-missing',
        explanation: 'The teardown has used up its time. Not yet.',
        nextStep: 'Upload it.',
        ...blocked,
      }),
    );
  });

  it('because its checks are used up parks with the answer, and the orders that it was about', () => {
    expect(requeueAfter(aCheck({ attempt: 3 }), timing, progress, 'No.', {}).kind).toBe('requeue');
    const evidence = { response: { ...answer, orderIds: ['b'] } };
    expect(requeueAfter(aCheck({ attempt: 4 }), timing, progress, 'No.', evidence)).toStrictEqual({
      kind: 'finish',
      outcome: {
        kind: 'parked',
        reason: 'too-many-checks',
        explanation: 'The teardown has used up its 5 checks. No.',
        nextStep,
        answer,
        orderIds: ['b'],
      },
    });
    const without = requeueAfter(aCheck({ attempt: 4 }), timing, progress, 'No.', {
      response: answer,
    });
    expect(without).not.toHaveProperty('outcome.orderIds');
  });

  const lastAfter = (more: Partial<ErrorResponse>, evidence: Evidence = {}) =>
    requeueAfter(aCheck({ attempt: 4 }), timing, progress, 'No.', {
      ...evidence,
      response: { ...answer, ...more },
    });

  it.each([
    ['900278', 409, 'pending-operation', /^The subscription has an operation under way/],
    ['800074', 403, 'customer-under-review', /^Microsoft reviews .* in a few days/],
  ])('has the reason of an error that did not pass: %s', (code, status, reason, words) => {
    expect(lastAfter({ operation: 'end-subscription', status, code })).toMatchObject({
      outcome: {
        reason,
        nextStep: expect.stringMatching(words),
        explanation: 'The teardown has used up its 5 checks. No.',
      },
    });
  });

  it('has the given advice, unless the response has its own', () => {
    const finalAdvice = { reason: 'purchase-order-missing', nextStep: 'Upload it.' } as const;
    expect(
      requeueAfter(aCheck({ attempt: 4 }), timing, progress, 'No.', { finalAdvice }),
    ).toMatchObject({
      outcome: finalAdvice,
    });
    expect(lastAfter({ status: 409, code: '800060' }, { finalAdvice })).toMatchObject({
      outcome: finalAdvice,
    });
    expect(lastAfter({ status: 409, code: '900278' }, { finalAdvice })).toMatchObject({
      outcome: { reason: 'pending-operation' },
    });
  });

  const refused = { operation: 'delete-customer', status: 400, orderIds: [] } as const;

  it.each([400, 499])(
    'says of a deletion refused with %i, where nothing blocks, that an invalid address may be why',
    (status) => {
      expect(lastAfter({ ...refused, status })).toMatchObject({
        outcome: {
          reason: 'too-many-checks',
          nextStep: expect.stringMatching(/invalid address can never be deleted/),
        },
      });
    },
  );

  it('says so also where the response names no orders at all', () => {
    const { orderIds: _none, ...untold } = refused;
    expect(lastAfter(untold)).toMatchObject({
      outcome: { nextStep: expect.stringMatching(/invalid address can never be deleted/) },
    });
  });

  it.each<Partial<ErrorResponse>>([
    { ...refused, orderIds: ['a'] },
    { ...refused, status: 399 },
    { ...refused, status: 500 },
    { ...refused, status: 408 },
    { ...refused, status: 429 },
    { ...refused, operation: 'get-customer' },
  ])('does not mention an address for any other error: %o', (more) => {
    expect(lastAfter(more)).toMatchObject({ outcome: { nextStep } });
  });
});

it('the ages of purchases are no part of the answer in the event', () => {
  expect(evidenceIn({ ...answer, ages: [{ name: 'order a' }] })).toStrictEqual({ answer });
});

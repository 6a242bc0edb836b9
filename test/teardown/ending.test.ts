import { describe, expect, it } from 'vitest';
import { atOnce, end, later, type Timing } from '../../src/teardown/ending.ts';
import type { Answer } from '../../src/teardown/refusal.ts';
import { look, NOW_MS } from './builders.ts';

const timing: Timing = {
  pacing: {
    firstDelayMs: 1_000,
    factor: 2,
    longestDelayMs: 60_000,
    jitter: 0,
    mostLooks: 5,
    deadlineMs: 10_000,
  },
  nowMs: NOW_MS,
  random: () => 0.5,
};
const progress = { begun: true, domain: 'contoso.com' } as const;
const unanswered = { call: 'PATCH /x', requestId: 'r' };
const answer: Answer = { operation: 'cancel-order', status: 0, description: 'No.', body: '' };
const nextStep =
  'See what still blocks in Partner Center, release it by hand or ask support, then request the teardown again.';

describe('a look that is not the last', () => {
  it('is followed by another after a while, with what it has learnt', () => {
    expect(later(look({ attempt: 2 }), timing, progress, 'Not yet.', {})).toStrictEqual({
      kind: 'look-again',
      delayMs: 4_000,
      ...progress,
      why: 'Not yet.',
    });
  });

  it('is followed by one that waits as long as it was asked to, and repeats what was not answered', () => {
    const asked = { answer: { ...answer, retryAfterMs: 7_000, unanswered } };
    expect(later(look(), timing, progress, 'Wait.', asked)).toStrictEqual({
      kind: 'look-again',
      delayMs: 7_000,
      ...progress,
      why: 'Wait.',
      unanswered,
    });
  });

  it('that was held back is followed by one in its turn, which is no reason to ask less often', () => {
    const heldBack = { answer: { ...answer, retryAfterMs: 7, heldBack: true } } as const;
    expect(later(look({ attempt: 2 }), timing, progress, 'Wait.', heldBack)).toStrictEqual({
      kind: 'look-again',
      delayMs: 7,
      ...progress,
      why: 'Wait.',
      held: 1,
    });
    const again = look({ attempt: 3, held: 2 });
    expect(later(again, timing, progress, 'Wait.', heldBack)).toMatchObject({ held: 3 });
    expect(later(again, timing, { ...progress, held: 2 }, 'Not yet.', {})).toStrictEqual({
      kind: 'look-again',
      delayMs: 2_000,
      ...progress,
      why: 'Not yet.',
      held: 2,
    });
  });

  it('is followed by one that waits as ever where nobody says when its turn is', () => {
    const heldBack = { answer: { ...answer, heldBack: true } } as const;
    expect(later(look({ attempt: 2 }), timing, progress, 'Wait.', heldBack)).toMatchObject({
      delayMs: 4_000,
    });
  });

  it('is followed by one at once where nothing has to be waited for', () => {
    expect(atOnce({ begun: false, missing: true }, 'Nothing.')).toStrictEqual({
      kind: 'look-again',
      delayMs: 0,
      begun: false,
      missing: true,
      why: 'Nothing.',
    });
  });
});

describe('a look that is the last', () => {
  const blocked = { blockers: ['order a'], orderIds: ['a'] };

  it('because its time is up parks with what blocks, from the very moment', () => {
    const at = (ageMs: number) => look({ startedMs: NOW_MS - ageMs });
    expect(later(at(9_999), timing, progress, 'Not yet.', blocked).kind).toBe('look-again');
    expect(later(at(10_000), timing, progress, 'Not yet.', blocked)).toStrictEqual(
      end({
        kind: 'parked',
        reason: 'deadline',
        explanation: 'The teardown has used up its time. Not yet.',
        nextStep,
        ...blocked,
      }),
    );
  });

  it('because an order waits for a person says what that person has to do', () => {
    const at = look({ startedMs: NOW_MS - 10_000 });
    const ending = later(at, timing, progress, 'Not yet.', { ...blocked, isUnderReview: true });
    expect(ending).toStrictEqual(
      end({
        kind: 'parked',
        reason: 'purchase-order-missing',
        explanation: 'The teardown has used up its time. Not yet.',
        nextStep: expect.stringContaining("Upload the customer's purchase order"),
        ...blocked,
      }),
    );
  });

  it('because its looks are used up parks with the answer, and the orders that it was about', () => {
    expect(later(look({ attempt: 3 }), timing, progress, 'No.', {}).kind).toBe('look-again');
    const evidence = { answer: { ...answer, orderIds: ['b'] } };
    expect(later(look({ attempt: 4 }), timing, progress, 'No.', evidence)).toStrictEqual({
      kind: 'end',
      outcome: {
        kind: 'parked',
        reason: 'too-many-looks',
        explanation: 'The teardown has used up its 5 looks. No.',
        nextStep,
        answer,
        orderIds: ['b'],
      },
    });
    const without = later(look({ attempt: 4 }), timing, progress, 'No.', { answer });
    expect(without).not.toHaveProperty('outcome.orderIds');
  });
});

import type { PurchaseSpec } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';

/**
 * A customer that can never be deleted keeps what it holds: the call that is going to be refused is the first one, or
 * the only one. The windows are those of production, and the service says nothing of them in advance.
 */

const DAY_MS = 24 * 60 * 60 * 1000;
const enforced = {
  newCommerceWindowMs: 7 * DAY_MS,
  marketplaceWindows: 'as-in-production',
  softwareWindows: 'as-in-production',
  cancellationDates: 'absent',
} as const;

const commerce: PurchaseSpec = { kind: 'new-commerce', ageDays: 1 };
const reservation = (ageDays: number): PurchaseSpec => ({ kind: 'reservation', ageDays });
const perpetual = (ageDays: number): PurchaseSpec => ({ kind: 'perpetual-software', ageDays });
const software = (ageDays: number): PurchaseSpec => ({ kind: 'software-subscription', ageDays });
const saas = (ageDays: number): PurchaseSpec => ({ kind: 'saas', ageDays });

const accepted = (sandbox: Awaited<ReturnType<typeof play>>['sandbox']) =>
  sandbox.state().writes.map(({ kind }) => kind);

describe('nothing is cancelled before the one refusal for good', () => {
  it.each<readonly [what: string, purchases: PurchaseSpec[]]>([
    ['SaaS of a month after its day', [commerce, saas(20)]],
    ['SaaS of a year after its fourteen days', [commerce, { ...saas(20), term: 'P1Y' }]],
    ['perpetual software after its thirty days', [commerce, perpetual(40)]],
    ['perpetual software beside young SaaS', [saas(0.2), perpetual(40)]],
    ['perpetual software beside an older reservation', [reservation(50), perpetual(40)]],
    ['perpetual software a day late', [reservation(59), perpetual(31)]],
    ['a software subscription after its seven days', [reservation(50), software(20)]],
    ['new commerce after its seven days', [{ kind: 'licence' }, { ...commerce, ageDays: 20 }]],
    ['suspended new commerce', [reservation(5), { ...commerce, ageDays: 20, status: 'suspended' }]],
  ])('%s', async (_what, purchases) => {
    const { words, sandbox } = await play({ customer: { purchases }, settings: enforced });
    expect(words).toBe('parked cannot-cancel');
    expect(accepted(sandbox)).toEqual([]);
  });

  it('where only entitlements would tell reservations from software', async () => {
    const { words, sandbox } = await play({
      customer: { purchases: [commerce, perpetual(40)] },
      settings: { ...enforced, refuseEntitlementsToAppOnly: true },
    });
    expect(words).toBe('parked cannot-cancel');
    expect(accepted(sandbox)).toEqual([]);
  });

  it.each([{ ...commerce, ageDays: 20 }, saas(20)])('while it is pending: %j', async (late) => {
    const pending: PurchaseSpec = { ...late, status: 'pending', pendingForMs: 180_000 };
    const { words, sandbox } = await play({
      customer: { purchases: [pending, reservation(1), perpetual(1)] },
      settings: enforced,
    });
    expect(words).toBe('parked cannot-cancel');
    expect(accepted(sandbox)).toEqual([]);
  });
});

describe('what is pending holds back no more than it has to', () => {
  const firstCancellation = async (slow: PurchaseSpec) => {
    const { words, times } = await play({
      customer: {
        purchases: [{ ...slow, status: 'pending', pendingForMs: 3_600_000 }, reservation(1)],
      },
      settings: enforced,
    });
    expect(words).toBe('deleted released');
    return times.find(({ request }) => request.startsWith('PATCH'))?.afterMs;
  };

  it.each<PurchaseSpec>([{ kind: 'licence' }, perpetual(1), commerce])(
    'nothing at all where its window is open, or it has none: %j',
    async (slow) => {
      expect(await firstCancellation(slow)).toBe(0);
    },
  );

  it('and what is kept to the end is named with it', async () => {
    const stuck: PurchaseSpec = { ...saas(20), status: 'pending', pendingForMs: 10 * DAY_MS };
    const { words, outcome, sandbox } = await play({
      customer: { purchases: [stuck, reservation(1)] },
      settings: enforced,
    });
    expect(words).toBe('parked deadline');
    expect(outcome).toMatchObject({
      blockers: [
        expect.stringContaining('marketplace SaaS'),
        expect.stringContaining('Azure reservation'),
      ],
    });
    expect(accepted(sandbox)).toEqual([]);
  });
});

describe('an order that waits for a person', () => {
  it.each(['pending_review', 'pending_po_upload', 'po_upload_complete'] as const)(
    'keeps everything else, and is parked within two hours with what to do: %s',
    async (orderStatus) => {
      const { words, outcome, sandbox, times } = await play({
        customer: {
          purchases: [commerce, saas(0.2), { ...perpetual(1), orderStatus }, { kind: 'licence' }],
        },
      });
      expect(words).toBe('parked purchase-order-missing');
      expect(outcome).toMatchObject({ nextStep: expect.stringContaining('upload') });
      expect(accepted(sandbox)).toEqual([]);
      const tries = times.filter(({ request }) => request.startsWith('PATCH'));
      expect(tries.length).toBeGreaterThan(0);
      expect(tries.length).toBeLessThan(20);
      expect(times.at(-1)?.afterMs).toBeLessThan(2 * 3_600_000);
    },
  );

  it('keeps nothing back once it is fulfilled', async () => {
    const ordered = { ...perpetual(1), orderStatus: 'pending_review', pendingForMs: 1_800_000 };
    const { words } = await play({
      customer: { purchases: [commerce, ordered as PurchaseSpec] },
    });
    expect(words).toBe('deleted released');
  });

  it('has the time that its accepted cancellation takes', async () => {
    const ordered: PurchaseSpec = {
      ...perpetual(1),
      orderStatus: 'pending_review',
      cancelTakesMs: 3 * 3_600_000,
    };
    const { words } = await play({
      customer: { purchases: [ordered] },
      settings: { cancelUnderReview: 'accepted', cancellingOrderReads: 'as-before' },
    });
    expect(words).toBe('deleted released');
  });
});

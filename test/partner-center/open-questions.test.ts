import type { CustomerSpec, PurchaseSpec } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { type Play, play } from './play.ts';

/**
 * What no article settles, or what one says and the service may do otherwise, is a setting of the simulated sandbox:
 * each is played both ways by the app's own client. The titles name the setting.
 */

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
type Settings = NonNullable<Play['settings']>;
type Row = readonly [what: string, customer: CustomerSpec, settings: Settings, ends: string];

const holding = (...purchases: PurchaseSpec[]): CustomerSpec => ({ purchases });
const oneOfEach = holding(
  { kind: 'reservation' },
  { kind: 'perpetual-software' },
  { kind: 'software-subscription' },
  { kind: 'new-commerce' },
  { kind: 'saas' },
  { kind: 'azure-plan' },
  { kind: 'licence' },
);
const deleted = 'deleted released';

async function playedOut(customer: CustomerSpec, settings: Settings) {
  const { words, outcome, sandbox, checks } = await play({ customer, settings });
  const { explanation } = outcome;
  return { words, explanation, checks, writes: sandbox.state().writes.map(({ kind }) => kind) };
}

describe('a customer with one of each product is torn down', () => {
  it.each<Settings>([
    {},
    { cancellationReasons: 'any' },
    { azureCancelStatus: 202 },
    { cancelledAzureReads: 'cancelled' },
    { cancelledAzureReads: 'deleted' },
    { repeatedAzureCancel: 'not-active' },
    { repeatedAzureCancel: 'pending-operation' },
    { azurePlanHeldBy: 'azure-subscriptions' },
    { azurePlanHeldBy: 'savings-plans-too' },
    { cancellingOrderReads: 'as-before' },
    { cancellingOrderReads: 'as-before', repeatedCancel: 'in-progress' },
    { cancellingOrderReads: 'as-before', repeatedCancel: 'refused' },
    { cancellingOrderReads: 'cancelled' },
    { repeatedCancel: 'refused' },
    { slowPatch: 'pending' },
    { slowPatch: 'accepted-pending' },
    { ordersFollowSubscriptions: 'never' },
    { ordersFollowSubscriptions: 'when-suspended-or-deleted' },
    { suspendedUpdates: 'accepted' },
    { etags: 'everywhere' },
    { unshownEtags: 'ignored' },
    { unshownEtags: 'ignored', etags: 'everywhere' },
    { newOrdersLateMs: 14 * 60_000 },
    { statusSpelling: 'PascalCase', cancelledSpelling: 'canceled' },
    { statusSpelling: 'camelCase', cancelledSpelling: 'canceled' },
    { statusSpelling: 'blanks' },
    { statusSpelling: 'UPPERCASE', cancelledSpelling: 'canceled' },
    { productTypeForm: 'id-only' },
    { productTypeForm: 'with-sub-type' },
    { typeCase: 'lower' },
    { typeCase: 'upper' },
    { textsUse: 'contractions' },
    { orderByAlternateId: true },
    { cancellationDates: 'absent' },
    { cancellationDates: 'as-in-production', cancellationFields: 'refund-options' },
    { cancellationDates: 'as-in-production', cancellationFields: 'until-date' },
    { unknownLineCode: '3000' },
    { refuseEntitlementsToAppOnly: false },
    { codesAre: 'number' },
  ])('with %j', async (settings) => {
    const { words, writes } = await playedOut(oneOfEach, settings);
    expect(words).toBe(deleted);
    // Nothing is cancelled twice: three orders, four subscriptions, one Azure subscription, one customer.
    expect(writes).toHaveLength(9);
    expect(writes.slice(-2)).toEqual(['patch-subscription', 'delete-customer']);
  });
});

describe('a teardown ends', () => {
  const plan = { kind: 'azure-plan' } as const;
  const reservation = { kind: 'reservation' } as const;
  const overspent = { overspent: true, purchases: [plan] };
  const ending = { kind: 'new-commerce', ageDays: 30, termEndsInMs: -1_000 } as const;
  const migrating = (migration: 'reverts' | 'completes') =>
    holding({ kind: 'licence', migration, migrationTakesMs: HOUR_MS });
  const migrated = holding({ kind: 'licence', migration: 'completes', migrationTakesMs: 0 });
  const inPart = (purchase: PurchaseSpec) =>
    holding({ lines: 2, orderStatus: 'partial_success', ...purchase });
  const uploading = holding({ ...reservation, orderStatus: 'pending_po_upload' });
  const failed = (kind: PurchaseSpec['kind']) => holding({ kind, orderStatus: 'error' });

  it.each<Row>([
    ['disabled plan', overspent, { overspentPlanReads: 'disabled' }, deleted],
    ['disabled plan that reads active', overspent, { overspentPlanReads: 'active' }, deleted],
    ['plan kept by spending', overspent, { overspentPlanSuspends: false }, 'parked cannot-cancel'],
    [
      'spending until the next cycle',
      holding({ ...plan, status: 'disabled', overspentForMs: 300_000 }),
      { overspentPlanSuspends: false },
      deleted,
    ],
    ['renewal, refused once', holding(ending), {}, deleted],
    ['renewal, by another code', holding(ending), { renewalCode: '800082' }, deleted],
    ['renewal, accepted', holding(ending), { cancelDuringRenewal: 'accepted' }, deleted],
    ['suspended new commerce', holding({ kind: 'new-commerce', status: 'suspended' }), {}, deleted],
    [
      'suspended new commerce that cannot end',
      holding({ kind: 'new-commerce', status: 'suspended' }),
      { suspendedUpdates: 'refused-even-to-end' },
      'parked cannot-cancel',
    ],
    ['migration that reverts', migrating('reverts'), { migrationBlocksDeletion: true }, deleted],
    [
      'migration that completes',
      migrating('completes'),
      { migrationBlocksDeletion: true },
      deleted,
    ],
    ['migration, nothing said', migrating('reverts'), {}, deleted],
    ...(['suspended', 'deleted', 'unlisted'] as const).flatMap((migratedLicenceReads): Row[] => [
      [
        'migration that completes',
        migrating('completes'),
        { migratedLicenceReads, migrationBlocksDeletion: true },
        deleted,
      ],
      ['migration that is done', migrated, { migratedLicenceReads }, deleted],
    ]),
    ...(['completes', 'reverts'] as const).map(
      (how): Row => [
        'migration that reads active',
        migrating(how),
        { migratingLicenceReads: 'active' },
        deleted,
      ],
    ),
    ['purchase order, in progress', uploading, {}, 'parked purchase-order-missing'],
    ['purchase order, cancelled', uploading, { cancelUnderReview: 'accepted' }, deleted],
    [
      'purchase order, refused',
      uploading,
      { cancelUnderReview: 'refused' },
      'parked purchase-order-missing',
    ],
    [
      'review of an hour',
      holding({ ...reservation, orderStatus: 'pending_review', pendingForMs: HOUR_MS }),
      {},
      deleted,
    ],
    ['failed order', failed('reservation'), {}, deleted],
    ['failed order that holds', failed('reservation'), { failedOrders: 'hold' }, deleted],
    ['failed new commerce', failed('new-commerce'), {}, deleted],
    [
      'failed new commerce that holds',
      failed('new-commerce'),
      { failedOrders: 'hold' },
      'parked cannot-cancel',
    ],
    ['rejected order', holding({ ...reservation, orderStatus: 'po_review_rejected' }), {}, deleted],
    ...(['absent', 'not-found', 'listed'] as const).flatMap((failedLineSubscription): Row[] =>
      (['new-commerce', 'saas', 'azure-plan', 'licence', 'software-subscription'] as const).map(
        (kind) => [
          'partial success',
          inPart({ kind }),
          { failedLineSubscription },
          // Nothing can be done about a subscription that reads `none` (800021), and nothing says that it holds nothing.
          failedLineSubscription === 'listed' && kind !== 'software-subscription'
            ? 'parked cannot-cancel'
            : deleted,
        ],
      ),
    ),
    ...(['unfulfilled', 'absent'] as const).flatMap((failedLineEntitlement): Row[] =>
      (['reservation', 'perpetual-software', 'software-subscription'] as const).map((kind) => [
        'partial success',
        inPart({ kind }),
        { failedLineEntitlement, refuseEntitlementsToAppOnly: false },
        deleted,
      ]),
    ),
    [
      'partial success of two kinds',
      inPart({ kind: 'reservation', lines: 1, together: ['new-commerce'] }),
      {},
      deleted,
    ],
    // Without entitlements nothing shows that the line failed: its order refuses to be cancelled, and a person decides.
    ...(['new-commerce', 'saas'] as const).map(
      (kind): Row => [
        'partial success, entitlements refused',
        inPart({ kind }),
        { refuseEntitlementsToAppOnly: true },
        'parked cannot-cancel',
      ],
    ),
    ['partial success of nothing', inPart({ kind: 'reservation', lines: 1 }), {}, deleted],
    [
      'partial success, refused',
      inPart({ kind: 'reservation' }),
      { cancelPartialSuccess: 'refused' },
      'parked cannot-cancel',
    ],
    [
      'partial success after a review',
      inPart({
        kind: 'new-commerce',
        orderStatus: 'pending_review',
        reviewEndsAs: 'partial_success',
        pendingForMs: HOUR_MS,
      }),
      {},
      deleted,
    ],
    ['suspended order', holding({ kind: 'new-commerce', orderStatus: 'suspended' }), {}, deleted],
    ['order of unknown status', holding({ ...reservation, orderStatus: 'unknown' }), {}, deleted],
    ...(['absent', 'shown'] as const).flatMap((legacyAzureType) =>
      (['refused', 'empty'] as const).map(
        (azureListOfOthers): Row => [
          'Microsoft Azure from before Azure plans',
          holding({ kind: 'legacy-azure' }),
          { legacyAzureType, azureListOfOthers },
          deleted,
        ],
      ),
    ),
    ['SaaS to be activated first', holding({ kind: 'saas', activated: false }), {}, deleted],
    [
      'SaaS that ends without',
      holding({ kind: 'saas', activated: false }),
      { unactivatedSaas: 'ends' },
      deleted,
    ],
    ...(['disabled', 'expired'] as const).map(
      (suspendedAtTermEnd): Row => [
        'suspended new commerce after its term',
        holding({ kind: 'new-commerce', status: 'suspended', termEndsInMs: 0 }),
        { suspendedAtTermEnd, renewalTakesMs: 0 },
        deleted,
      ],
    ),
    ['agreement', oneOfEach, { partnerAccount: 'agreement-missing' }, 'parked agreement-missing'],
    ['programme', oneOfEach, { partnerAccount: 'program-inactive' }, 'parked agreement-missing'],
    [
      'reseller programme',
      oneOfEach,
      { partnerAccount: 'reseller-program-inactive' },
      'parked agreement-missing',
    ],
    ['review', { ...oneOfEach, account: 'under-review' }, {}, 'parked customer-under-review'],
    [
      'review, by the other code',
      { ...oneOfEach, account: 'under-review' },
      { underReviewCode: '800074' },
      'parked customer-under-review',
    ],
    [
      'review of two hours',
      { ...oneOfEach, account: 'under-review', accountForMs: 2 * HOUR_MS },
      {},
      deleted,
    ],
    [
      'refused account',
      { ...oneOfEach, account: 'not-approved' },
      {},
      'parked customer-not-approved',
    ],
    // No article has any of these: it only says that the answer to a DELETE can be an error.
    ...(
      [
        [{ status: 409, forMs: HOUR_MS }, deleted],
        [{ status: 409 }, 'parked deadline'],
        [{ status: 403 }, 'parked unexpected'],
        [{ status: 403, description: 'Forbidden.' }, 'parked unexpected'],
      ] as const
    ).map(
      ([answer, ends]): Row => [
        'DELETE without a code',
        { ...oneOfEach, refusals: [{ operation: 'delete-customer', ...answer }] },
        {},
        ends,
      ],
    ),
    [
      'a server error with a code, for an hour',
      {
        ...oneOfEach,
        refusals: [{ operation: 'patch-order', code: '800087', forMs: HOUR_MS }],
      },
      {},
      deleted,
    ],
    ['locked account', { ...oneOfEach, locked: true }, {}, 'parked customer-locked'],
  ])('%s: %j with %j: %s', async (_what, customer, settings, ends) => {
    expect((await playedOut(customer, settings)).words).toBe(ends);
  });

  it('with a message about the spending where that blocks a plan', async () => {
    const { explanation } = await playedOut(overspent, { overspentPlanSuspends: false });
    expect(explanation).toContain('until the next one: request the teardown again then.');
  });
});

describe('a purchase that is too late to cancel parks before anything is cancelled', () => {
  const beside = (late: PurchaseSpec) => holding({ kind: 'reservation' }, { kind: 'saas' }, late);
  const week = { newCommerceWindowMs: 7 * DAY_MS };
  const asInProduction = { marketplaceWindows: 'as-in-production' } as const;
  const newCommerce = { kind: 'new-commerce', ageDays: 10 } as const;

  it.each<Row>([
    ['told', beside(newCommerce), week, 'until 2026-11-19'],
    ['not told', beside(newCommerce), { ...week, cancellationDates: 'absent' }, '400/900117'],
    [
      'under the other name',
      beside(newCommerce),
      { ...week, refundDateName: 'expiresAfter' },
      'until',
    ],
    [
      'by its refund options alone',
      beside(newCommerce),
      { ...week, cancellationFields: 'refund-options' },
      'until 2026-11-19',
    ],
    [
      'by its last date alone',
      beside(newCommerce),
      { ...week, cancellationFields: 'until-date' },
      'until 2026-11-19',
    ],
    [
      'SaaS, told',
      holding({ kind: 'reservation' }, { kind: 'saas', ageDays: 20 }),
      asInProduction,
      'until 2026-11-03',
    ],
    [
      'SaaS, not told',
      holding({ kind: 'reservation' }, { kind: 'saas', ageDays: 20 }),
      { ...asInProduction, cancellationDates: 'absent' },
      '400/900213',
    ],
    [
      'SaaS, told what no one enforces',
      holding({ kind: 'reservation' }, { kind: 'saas', ageDays: 2 }),
      { cancellationDates: 'as-in-production' },
      'until 2026-11-21',
    ],
    [
      'software, told',
      holding({ kind: 'reservation' }, { kind: 'software-subscription', ageDays: 40 }),
      { softwareWindows: 'as-in-production' },
      'until 2026-10-20',
    ],
    [
      'sixty days for everything',
      beside({ kind: 'new-commerce', ageDays: 75 }),
      { sixtyDays: 'everything-cancelled' },
      '400/900117',
    ],
    ['an old reservation', beside({ kind: 'reservation', ageDays: 75 }), {}, 'until 2026-11-07'],
  ])('%s', async (_what, customer, settings, said) => {
    const { words, explanation, writes } = await playedOut(customer, settings);
    expect(words).toBe('parked cannot-cancel');
    expect(explanation).toContain(said);
    expect(explanation).toContain('was bought on 2026-');
    expect(writes).toEqual([]);
  });

  it('but new commerce of three days is cancelled, though its full refund is over', async () => {
    const { words } = await playedOut(holding({ kind: 'new-commerce', ageDays: 3 }), {
      cancellationDates: 'as-in-production',
    });
    expect(words).toBe(deleted);
  });
});

describe('a purchase with a parked reason of its own parks before any write', () => {
  const reservation = { kind: 'reservation' } as const;

  it('a savings plan', async () => {
    const savings = { kind: 'savings-plan' } as const;
    for (const settings of [{}, { typeCase: 'upper' }, { productTypeForm: 'id-only' }] as const) {
      const { words, writes } = await playedOut(holding(reservation, savings), settings);
      expect([words, writes]).toEqual(['parked savings-plan', []]);
    }
  });

  it('a trial, whose auto-renew is turned off so that it does end', async () => {
    const trial = { kind: 'new-commerce', trial: true } as const;
    const renewing = await playedOut(holding(reservation, trial), {});
    expect([renewing.words, renewing.writes]).toEqual(['parked trial', ['patch-subscription']]);
    expect(renewing.explanation).toMatch(
      /which ends on 2026-12-\d\d\. Auto-renew was turned off\./,
    );
    const ending = await playedOut(holding(reservation, { ...trial, autoRenew: false }), {});
    expect([ending.words, ending.writes]).toEqual(['parked trial', []]);
    const undated = await playedOut(holding(reservation, trial), { trialEndDates: 'absent' });
    expect([undated.words, undated.writes]).toEqual(['parked trial', ['patch-subscription']]);
    expect(undated.explanation).toMatch(/2026-12-\d\d/);
  });
});

it('an Azure subscription is cancelled once, and again after a quarter of an hour without effect', async () => {
  const lost = { kind: 'azure-plan', neverCancels: true } as const;
  const { words, checks } = await playedOut(holding(lost), {});
  expect(words).toBe('parked deadline');
  // At the first check, after a quarter of an hour, and then each time that the teardown is twice as old.
  expect(checks.flat().filter((request) => request === 'POST cancel')).toHaveLength(8);
});

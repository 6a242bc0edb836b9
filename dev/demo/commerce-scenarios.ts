import type { Scenario } from './scenario.ts';

/** Stories of each kind of purchase and account, with the outcome by the articles. */

const released = { kind: 'deleted', reason: 'released', world: 'gone' } as const;
const parked = { kind: 'parked', world: 'still there' } as const;
const A_WHILE_MS = 2_500;
/** Counted from the seeding, so that some of it is left when the functions have started. */
const A_FEW_DAYS_MS = 8_000;

export const commerceScenarios: readonly Scenario[] = [
  {
    name: 'azure',
    shows: 'an Azure plan with two subscriptions and a reservation',
    customer: {
      purchases: [
        { kind: 'azure-plan', azureSubscriptions: 2, cancelTakesMs: A_WHILE_MS },
        { kind: 'reservation', cancelTakesMs: A_WHILE_MS },
      ],
    },
    expected: released,
  },
  {
    name: 'legacy-azure',
    shows: 'an Azure subscription from before Azure plans',
    customer: { purchases: [{ kind: 'legacy-azure' }] },
    expected: released,
  },
  {
    name: 'overspent',
    shows: 'an Azure plan disabled by spending',
    customer: {
      overspent: true,
      purchases: [{ kind: 'azure-plan', cancelTakesMs: A_WHILE_MS }],
    },
    expected: released,
  },
  {
    name: 'year-old',
    shows: 'an Azure plan, licences and new commerce a year old',
    customer: {
      purchases: [
        { kind: 'azure-plan', ageDays: 300, azureSubscriptions: 0 },
        { kind: 'licence', ageDays: 300 },
        { kind: 'new-commerce', ageDays: 300 },
        { kind: 'saas', term: 'P1Y', ageDays: 300 },
      ],
    },
    expected: released,
  },
  {
    name: 'savings-plan',
    shows: 'a savings plan, managed in the Azure portal only',
    customer: {
      purchases: [
        { kind: 'savings-plan', subscriptionOrderId: 'absent' },
        { kind: 'reservation', cancelTakesMs: 0 },
      ],
    },
    expected: { kind: 'parked', world: 'untouched' },
  },
  {
    name: 'trial',
    shows: 'a trial of new commerce, which ends by itself',
    customer: { purchases: [{ kind: 'new-commerce', trial: true, ageDays: 3, quantity: 25 }] },
    expected: parked,
  },
  {
    name: 'slow-patch',
    shows: 'new commerce whose end is accepted with 202 and takes a while',
    customer: { purchases: [{ kind: 'new-commerce', cancelTakesMs: A_WHILE_MS }] },
    expected: { ...released, minChecks: 2 },
  },
  {
    name: 'suspended',
    shows: 'suspended new commerce, not released, and licences, released',
    customer: {
      purchases: [
        { kind: 'new-commerce', status: 'suspended', autoRenew: false },
        { kind: 'licence', status: 'suspended' },
        { kind: 'new-commerce', status: 'expired', autoRenew: false },
      ],
    },
    expected: released,
  },
  {
    name: 'not-set-up',
    shows: 'marketplace SaaS that is activated before it can be ended',
    customer: { purchases: [{ kind: 'saas', activated: false }] },
    expected: released,
  },
  {
    name: 'together',
    shows: 'one order of a reservation, software and new commerce',
    customer: {
      purchases: [
        {
          kind: 'reservation',
          together: ['perpetual-software', 'new-commerce'],
          cancelTakesMs: A_WHILE_MS,
        },
      ],
    },
    expected: released,
  },
  {
    name: 'add-ons',
    shows: 'licences and new commerce with add-ons',
    customer: {
      purchases: [
        { kind: 'licence' },
        { kind: 'licence', addOn: true },
        { kind: 'new-commerce' },
        { kind: 'new-commerce', addOn: true },
      ],
    },
    expected: released,
  },
  {
    name: 'migrating',
    shows: 'licences on their way to new commerce, which come back',
    customer: {
      purchases: [{ kind: 'licence', migration: 'reverts', migrationTakesMs: A_WHILE_MS }],
    },
    expected: released,
  },
  {
    name: 'purchase-order',
    shows: 'an order whose purchase order is being reviewed, and one rejected',
    customer: {
      purchases: [
        {
          kind: 'perpetual-software',
          orderStatus: 'po_upload_complete',
          pendingForMs: A_WHILE_MS,
          cancelTakesMs: 0,
        },
        { kind: 'perpetual-software', orderStatus: 'po_review_rejected' },
      ],
    },
    expected: released,
  },
  {
    name: 'po-missing',
    shows: 'an order whose purchase order no one has uploaded',
    customer: {
      purchases: [{ kind: 'perpetual-software', orderStatus: 'pending_po_upload' }],
    },
    expected: { ...parked, reason: 'purchase-order-missing' },
  },
  {
    name: 'in-review',
    shows: 'an order that is being reviewed',
    customer: {
      purchases: [
        {
          kind: 'reservation',
          orderStatus: 'pending_review',
          pendingForMs: A_WHILE_MS,
          cancelTakesMs: 0,
        },
      ],
    },
    expected: released,
  },
  {
    name: 'order-states',
    shows: 'orders that read suspended, unknown and error',
    customer: {
      purchases: [
        { kind: 'reservation', orderStatus: 'suspended', cancelTakesMs: 0 },
        { kind: 'perpetual-software', orderStatus: 'unknown', cancelTakesMs: 0 },
        { kind: 'perpetual-software', orderStatus: 'error' },
      ],
    },
    expected: released,
  },
  {
    name: 'ids',
    shows: 'orders with ids of every form, and subscriptions without',
    customer: {
      purchases: [
        { kind: 'reservation', orderIdForm: 'guid', alternateIdForm: 'guid', cancelTakesMs: 0 },
        { kind: 'reservation', orderIdForm: 'short', alternateIdForm: 'same', cancelTakesMs: 0 },
        { kind: 'reservation', alternateIdForm: 'absent', cancelTakesMs: 0 },
        {
          kind: 'software-subscription',
          orderIdForm: 'decimal',
          subscriptionOrderId: 'alternateId',
          cancelTakesMs: 0,
        },
        { kind: 'new-commerce', orderIdForm: 'short', subscriptionOrderId: 'absent' },
      ],
    },
    expected: released,
  },
  {
    name: 'worn-out',
    shows: 'licences that were updated too often',
    customer: { purchases: [{ kind: 'licence', patchRefusal: '900311' }] },
    expected: parked,
  },
  {
    name: 'under-review',
    shows: 'a customer under review, asked again when that is over',
    customer: {
      account: 'under-review',
      accountForMs: A_FEW_DAYS_MS,
      // Only DELETE is left. The next check would be an hour away, so it comes at the demo's deadline.
      purchases: [{ kind: 'licence', status: 'suspended' }],
    },
    expected: { ...released, minChecks: 2 },
  },
  {
    name: 'not-approved',
    shows: 'a customer whose account was not approved',
    customer: { account: 'not-approved', purchases: [{ kind: 'licence' }] },
    expected: parked,
  },
  {
    name: 'agreement',
    shows: 'a partner agreement that no one has accepted',
    customer: { account: 'agreement-missing', purchases: [{ kind: 'licence' }] },
    expected: parked,
  },
  {
    name: 'bad-address',
    shows: 'a customer whose invalid address keeps it for ever',
    customer: { invalidAddress: true, purchases: [{ kind: 'licence' }] },
    // The error of DELETE has no reason, so it is repeated until the deadline.
    expected: { ...parked, reason: 'deadline' },
  },
  {
    name: 'locked',
    shows: 'a customer whose account is locked',
    customer: { locked: true, purchases: [{ kind: 'licence' }] },
    expected: parked,
  },
];

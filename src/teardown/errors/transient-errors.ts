import type { ErrorRow } from './error-action.ts';
import { advice, RELEASING_CALLS, requeue } from './row-parts.ts';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** Transient errors: of the service, of the network, or because an operation is still under way. */
export const transientErrors: readonly ErrorRow[] = [
  // https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
  { name: 'throttled', statuses: [429], action: requeue },
  { name: 'request timed out', statuses: [408], action: requeue },
  {
    name: 'server error',
    statuses: (status) => status >= 500 && status <= 599,
    action: requeue,
  },
  { name: 'no answer', statuses: [0], action: requeue },
  {
    name: 'no answer that can be read',
    statuses: (status) => status >= 200 && status <= 299,
    unreadable: true,
    action: requeue,
  },
  { name: 'order in progress', statuses: [409], codes: ['800060'], action: requeue },
  { name: 'pending adjustment', statuses: [409], codes: ['800014'], action: requeue },
  {
    name: 'Azure subscription on its way already',
    statuses: [400, 409],
    codes: ['900278', '800040', '800096', '900279', '2011'],
    operations: ['cancel-azure-entitlement'],
    action: { kind: 'already-released' },
  },
  {
    // INFERRED: an accepted cancellation shows after about ten minutes.
    // Source: https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription
    name: 'Azure subscription not active any more',
    statuses: [400],
    codes: ['800011', '800012', '800021', '800030'],
    operations: ['cancel-azure-entitlement'],
    action: { kind: 'already-released' },
  },
  {
    // INFERRED: it is no Azure plan, or has ended between two lists. Its suspension is refused if something is left.
    name: 'nothing under this subscription',
    statuses: [400],
    codes: ['800011', '800012', '800021', '800030'],
    operations: ['list-azure-entitlements'],
    action: { kind: 'go-on-without' },
  },
  {
    // "After 24 hours", but often sooner, so the waits grow with the teardown's age.
    name: 'pending operation',
    statuses: [409],
    codes: ['900278'],
    action: {
      kind: 'requeue',
      wait: { minMs: 2 * MINUTE_MS, maxMs: HOUR_MS },
      finalAdvice: advice('pending-operation'),
    },
  },
  { name: 'not ready to be updated', statuses: [409, 400], codes: ['800082'], action: requeue },
  { name: 'updates not allowed for now', statuses: [400], codes: ['900280'], action: requeue },
  { name: 'expires by itself', statuses: [400], codes: ['900277'], action: requeue },
  {
    name: 'activated already',
    statuses: [400],
    codes: ['800041'],
    operations: ['activate-subscription'],
    action: requeue,
  },
  { name: 'parent or child in between', statuses: [409], codes: ['27009'], action: requeue },
  // INFERRED: a new purchase is not known by both of its ids yet.
  { name: 'id not convertible yet', statuses: [400], codes: ['2012'], action: requeue },
  { name: 'etag out of date', statuses: [400], codes: ['2055'], action: requeue },
  { name: 'etag does not match', statuses: [412], action: requeue },
  { name: 'pre-condition failed', statuses: [417], codes: ['800036'], action: requeue },
  {
    name: 'Azure subscriptions still active',
    statuses: [403],
    codes: ['900115'],
    action: requeue,
  },
  {
    name: 'customer under review',
    statuses: [403],
    codes: ['800073', '800074'],
    action: {
      kind: 'requeue',
      wait: { minMs: HOUR_MS, maxMs: HOUR_MS },
      finalAdvice: advice('customer-under-review'),
    },
  },
];

export const conflictErrors: readonly ErrorRow[] = [
  {
    // 409 while a renewal is being processed, accepted after two minutes. INFERRED: with a code that no article lists,
    // and for orders too. Source: https://learn.microsoft.com/partner-center/create-a-new-subscription
    name: 'renewal under way',
    statuses: [409],
    operations: RELEASING_CALLS,
    action: { kind: 'requeue', wait: { minMs: 2 * MINUTE_MS, maxMs: 2 * MINUTE_MS } },
  },
];

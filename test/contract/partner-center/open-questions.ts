import type { SandboxSettings } from '../../../local/partner-center/core/settings.ts';
import type { CustomerSpec, PurchaseSpec } from '../../../local/partner-center/core/spec.ts';
import type { Simulated } from './simulated.ts';

const HOUR_MS = 3_600_000;

type Sees = Readonly<Record<string, readonly string[]>>;

interface OpenQuestion extends Simulated {
  readonly name: string;
  /** What the suite must have been told, by the question. */
  readonly sees: Sees;
}

/** The simulated sandbox with other settings than its own; the customer has one of everything unless it is said. */
function answered(
  settings: Partial<SandboxSettings>,
  sees: Sees = {},
  more: Omit<Simulated, 'settings'> & { readonly of?: string } = {},
): OpenQuestion {
  const { of, ...rest } = more;
  const name = `${JSON.stringify(settings)}${of === undefined ? '' : `, ${of}`}`;
  return { name, settings, sees, ...rest };
}

const holding = (...purchases: PurchaseSpec[]): CustomerSpec => ({ purchases });
const kept = { mustEnd: 'kept' } as const;

const reading = [
  answered({ refuseEntitlementsToAppOnly: true }, { refuseEntitlementsToAppOnly: ['true'] }),
  answered({ refuseEntitlementsToAppOnly: true }, {}, { asPerson: true }),
  ...(['404/1000', '404/60003', '400/3000'] as const).map((answer) => {
    const [status, code = ''] = answer.split('/');
    const unknownCustomer = { status: Number(status), code };
    return answered(
      { unknownCustomer },
      { unknownCustomer: [answer], 'a deleted customer': [answer] },
    );
  }),
  answered({ pageSize: 1 }, { 'pages of one customer': ['true'] }),
  answered({ codesAre: 'number' }, { unknownCustomer: ['403/20002'] }),
  answered({ textsUse: 'contractions' }),
  answered({ etags: 'everywhere' }, { 'without an etag': [] }),
  answered({ etagLifetimeMs: 1_000 }),
  answered({ orderByAlternateId: true }, { orderByAlternateId: ['true'] }),
  ...(['PascalCase', 'camelCase', 'blanks', 'UPPERCASE'] as const).map((statusSpelling) => {
    const spelled = {
      PascalCase: 'OneTime',
      camelCase: 'oneTime',
      blanks: 'one time',
      UPPERCASE: 'ONE_TIME',
    };
    return answered({ statusSpelling }, { 'billing cycle one_time': [spelled[statusSpelling]] });
  }),
  answered({ cancelledSpelling: 'canceled' }),
  answered({ productTypeForm: 'id-only' }, { 'product type of Azure plan': ['{"id":"Azure"}'] }),
  answered(
    { productTypeForm: 'with-sub-type' },
    {
      'product type of Azure plan': [
        '{"id":"Azure","displayName":"Azure","subType":{"id":"Azure","displayName":"Azure"}}',
      ],
    },
  ),
  answered(
    { typeCase: 'lower' },
    { 'product type of SaaS': ['{"id":"saas","displayName":"SaaS"}'] },
  ),
  answered(
    { typeCase: 'upper' },
    { 'product type of SaaS': ['{"id":"SAAS","displayName":"SaaS"}'] },
  ),
  answered(
    { cancellationDates: 'as-in-production', refundDateName: 'expiresAfter' },
    { refundDateName: ['expiresAfter'] },
  ),
  answered({ cancellationDates: 'absent' }, { 'with cancellationAllowedUntilDate': [] }),
  answered(
    { newOrdersLateMs: HOUR_MS / 4 },
    {},
    { of: 'bought just now', customer: holding({ kind: 'reservation', ageDays: 0 }) },
  ),
];

const azure = [
  answered({ cancellationReasons: 'any' }, { cancellationReasons: ['any'] }),
  answered({ azureCancelStatus: 202 }, { azureCancelStatus: ['202'] }),
  answered({ azureCancelTakesMs: { lowest: 0, highest: 0 } }),
  answered({ cancelledAzureReads: 'cancelled' }, { cancelledAzureReads: ['cancelled'] }),
  answered({ cancelledAzureReads: 'deleted' }, { cancelledAzureReads: ['deleted'] }),
  answered({ repeatedAzureCancel: 'not-active' }, { repeatedAzureCancel: ['400/800012'] }),
  answered({ repeatedAzureCancel: 'pending-operation' }, { repeatedAzureCancel: ['409/900278'] }),
  answered(
    { cancellationReasons: 'any', repeatedAzureCancel: 'pending-operation' },
    { repeatedAzureCancel: ['409/900278'] },
  ),
  answered(
    { azurePlanHeldBy: 'azure-subscriptions' },
    { 'suspending an Azure plan over a reservation': ['200'] },
  ),
  ...(['reservations-too', 'savings-plans-too'] as const).map((azurePlanHeldBy) =>
    answered(
      { azurePlanHeldBy },
      {
        'ending a savings plan': ['403/900321'],
        'suspending an Azure plan': azurePlanHeldBy === 'savings-plans-too' ? ['403/900115'] : [],
      },
      {
        ...{ ...kept, of: 'with a savings plan' },
        customer: holding({ kind: 'azure-plan' }, { kind: 'savings-plan' }),
      },
    ),
  ),
  ...(['disabled', 'active'] as const).map((overspentPlanReads) =>
    answered(
      { overspentPlanReads },
      {},
      {
        of: 'disabled by spending',
        customer: { ...holding({ kind: 'azure-plan' }), overspent: true },
      },
    ),
  ),
  answered(
    { overspentPlanSuspends: false },
    { 'suspending an Azure plan': ['400/800096'] },
    {
      ...{ ...kept, of: 'disabled by spending' },
      customer: { ...holding({ kind: 'azure-plan' }), overspent: true },
    },
  ),
];

const old = holding(
  { kind: 'reservation', ageDays: 61 },
  { kind: 'perpetual-software', ageDays: 61 },
);
const AN_ORDER = 'cancelling an order that reads';

const orders = [
  answered({ repeatedCancel: 'in-progress' }, { repeatedCancel: ['409/800060'] }),
  answered({ cancelledEntitlements: 'vanish' }, { cancelledEntitlements: ['vanish'] }),
  answered({ deleteRefusal: { status: 403, code: '800061' } }, { deleteRefusal: ['403/800061'] }),
  answered({ cancelTakesMs: { lowest: 0, highest: 0 } }, { repeatedCancel: [] }),
  answered({ cancelTakesMs: { lowest: 15 * 60_000, highest: 15 * 60_000 } }),
  ...(
    [
      ['by-product', ['400/800061', '400/900117']],
      ['800061', ['400/800061']],
      ['900117', ['400/900117']],
    ] as const
  ).map(([tooOldCode, codes]) =>
    answered(
      { tooOldCode },
      { [`${AN_ORDER} completed`]: codes },
      { ...kept, of: 'older than 60 days', customer: old },
    ),
  ),
  answered(
    { softwareWindows: 'as-in-production' },
    { [`${AN_ORDER} completed`]: ['400/900117'] },
    {
      ...{ ...kept, of: 'older than 30 days' },
      customer: holding({ kind: 'perpetual-software', ageDays: 31 }),
    },
  ),
  ...(
    [
      ['in-progress', ['409/800060']],
      ['refused', ['400/800061']],
    ] as const
  ).map(([cancelUnderReview, codes]) =>
    answered(
      { cancelUnderReview },
      { [`${AN_ORDER} pendingreview`]: codes },
      {
        ...{ ...kept, of: 'under review' },
        customer: holding({ kind: 'perpetual-software', orderStatus: 'pending_review' }),
      },
    ),
  ),
  answered(
    { cancelUnderReview: 'accepted' },
    {},
    {
      of: 'waiting for its purchase order',
      customer: holding({ kind: 'perpetual-software', orderStatus: 'pending_po_upload' }),
    },
  ),
  ...(['hold-nothing', 'hold'] as const).map((failedOrders) =>
    answered(
      { failedOrders },
      { [`${AN_ORDER} error`]: failedOrders === 'hold' ? [] : ['400/800061'] },
      {
        of: 'an order in error',
        customer: holding({ kind: 'perpetual-software', orderStatus: 'error' }),
      },
    ),
  ),
];

const subscriptions = [
  answered({ slowPatch: 'pending' }, { 'PATCH subscription': ['200'], 'Location of 202': [] }),
  answered({ requireWholeSubscription: false }),
  answered({ suspendedUpdates: 'accepted' }, { suspendedUpdates: ['200'] }),
  ...(['refused', 'refused-even-to-end'] as const).map((suspendedUpdates) =>
    answered(
      { suspendedUpdates },
      { 'ending new commerce': suspendedUpdates === 'refused' ? [] : ['400/800091'] },
      {
        of: 'suspended new commerce',
        customer: holding({ kind: 'new-commerce', status: 'suspended' }),
        mustEnd: suspendedUpdates === 'refused' ? 'deleted' : 'kept',
      },
    ),
  ),
  answered({ newCommerceWindowMs: HOUR_MS }, { 'ending new commerce': ['400/900117'] }, kept),
  answered({ marketplaceWindows: 'as-in-production' }, { 'ending SaaS': ['400/900213'] }, kept),
  ...(['orders', 'everything-cancelled'] as const).map((sixtyDays) =>
    answered(
      { sixtyDays },
      { 'ending new commerce': sixtyDays === 'orders' ? [] : ['400/900117'] },
      {
        of: 'older than 60 days',
        customer: holding({ kind: 'new-commerce', ageDays: 61 }, { kind: 'licence', ageDays: 61 }),
        mustEnd: sixtyDays === 'orders' ? 'deleted' : 'kept',
      },
    ),
  ),
  ...(['as-in-articles', 'leaves-add-ons', 'ends-add-ons', 'refused'] as const).map(
    (endingParent) =>
      answered(
        { endingParent },
        {},
        {
          of: 'with an add-on',
          customer: holding(
            ...[{ kind: 'licence' } as const, { kind: 'licence', addOn: true } as const],
            ...[{ kind: 'new-commerce' } as const, { kind: 'new-commerce', addOn: true } as const],
          ),
        },
      ),
  ),
  ...(
    [
      [{}, 'deleted'],
      [{ renewalCode: '800082' }, 'deleted'],
      [{ cancelDuringRenewal: 'accepted' }, 'deleted'],
      [{ renewalTakesMs: 0 }, 'deleted'],
    ] as const
  ).map(([settings, mustEnd]) =>
    answered(
      settings,
      {},
      {
        ...{ of: 'in its renewal', mustEnd },
        customer: holding({ kind: 'new-commerce', termEndsInMs: 0 }),
      },
    ),
  ),
  ...([false, true] as const).map((migrationBlocksDeletion) =>
    answered(
      { migrationBlocksDeletion },
      {},
      {
        of: 'a migration',
        customer: holding({ kind: 'licence', status: 'suspended', migration: 'reverts' }),
        mustEnd: migrationBlocksDeletion ? 'kept' : 'deleted',
      },
    ),
  ),
  answered(
    {},
    {},
    { ...kept, of: 'a trial', customer: holding({ kind: 'new-commerce', trial: true }) },
  ),
];

const accounts = [
  ...(
    [
      ['agreement-missing', '403/900124'],
      ['reseller-program-inactive', '403/800039'],
      ['program-inactive', '403/900149'],
    ] as const
  ).map(([partnerAccount, code]) => answered({ partnerAccount }, { 'any write': [code] }, kept)),
  ...(['800073', '800074'] as const).map((underReviewCode) =>
    answered(
      { underReviewCode },
      { 'any write': [`403/${underReviewCode}`] },
      {
        ...{ ...kept, of: 'under review' },
        customer: { ...holding({ kind: 'reservation' }), account: 'under-review' },
      },
    ),
  ),
  answered(
    { accountBlocksDeletion: false },
    { DELETE: ['204'] },
    { of: 'under review', customer: { purchases: [], account: 'under-review' } },
  ),
  answered({ deletedDomains: 'taken' }, { 'HEAD of its domain': ['200'] }),
];

/** What it is told by the settings that the simulated sandbox has by itself. */
const byItself = answered(
  {},
  {
    refuseEntitlementsToAppOnly: ['false'],
    'pages of one customer': ['true'],
    unknownCustomer: ['403/20002'],
    orderByAlternateId: ['false'],
    'billing cycle one_time': ['one_time'],
    'without an etag': ['software', 'new commerce'],
    'with an etag': ['SaaS', 'Azure plan', 'licence'],
    cancellationReasons: ['400/900307'],
    azureCancelStatus: ['200'],
    cancelledAzureReads: ['inactive'],
    repeatedAzureCancel: ['accepted'],
    'suspending an Azure plan over a reservation': ['403/900115'],
    activating: ['200'],
    deleteRefusal: ['400/2000'],
    'a refused DELETE names alternate ids': ['true'],
    repeatedCancel: ['200'],
    cancelledEntitlements: ['stay'],
    suspendedUpdates: ['400/800091'],
    'PATCH subscription': ['200', '202'],
    'Location of 202': ['the subscription'],
    DELETE: ['204'],
    'HEAD of its domain': ['404'],
    'a deleted customer': ['403/20002'],
  },
);

export const openQuestions: readonly OpenQuestion[] = [
  byItself,
  ...reading,
  ...azure,
  ...orders,
  ...subscriptions,
  ...accounts,
];

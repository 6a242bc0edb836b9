import { answered, holding } from './answered.ts';

const HOUR_MS = 3_600_000;

/** How lists, statuses and errors check. */
export const reading = [
  answered(
    { refuseEntitlementsToAppOnly: false },
    {
      refuseEntitlementsToAppOnly: ['false'],
      'suspending an Azure plan over a reservation': ['403/900115'],
      cancelledEntitlements: ['stay'],
    },
  ),
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
  answered({ etags: 'everywhere' }, { 'without an etag': [], unshownEtags: [] }),
  answered({ unshownEtags: 'ignored' }, { unshownEtags: ['ignored'] }),
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
  answered(
    { cancellationDates: 'as-in-production', cancellationFields: 'refund-options' },
    { 'with cancellationAllowedUntilDate': ['software'], refundDateName: ['expiresAt'] },
  ),
  answered(
    { cancellationDates: 'as-in-production', cancellationFields: 'until-date' },
    { 'with cancellationAllowedUntilDate': ['software', 'new commerce'], refundDateName: [] },
  ),
  answered({ cancellationDates: 'absent' }, { 'with cancellationAllowedUntilDate': [] }),
  answered(
    { newOrdersLateMs: HOUR_MS / 4 },
    {},
    { of: 'bought just now', customer: holding({ kind: 'reservation', ageDays: 0 }) },
  ),
];

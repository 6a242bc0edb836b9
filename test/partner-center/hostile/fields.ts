import fc from 'fast-check';
import { hostileText } from './texts.ts';

/** Where the clock begins. */
export const NOW_MS = Date.UTC(2026, 10, 22);
const DAY_MS = 24 * 3_600_000;

/** What the client must refuse or bear where an id was expected. */
const nastyId = fc.oneof(
  fc.constantFrom(
    '.',
    '..',
    '%2e%2e',
    '../..',
    'a/b?c#d',
    '\ud800',
    'x\udfff',
    'ü',
    '',
    'x'.repeat(200),
  ),
  hostileText,
);

/** Few, in any letter case, so that orders, subscriptions and entitlements belong together by chance. */
export const id: fc.Arbitrary<string | number> = fc.oneof(
  {
    arbitrary: fc.constantFrom('o1', 'O1', 'o2', 's1', 'S1', 's2', 'plan', ' o1 ', 17),
    weight: 10,
  },
  { arbitrary: nastyId, weight: 1 },
);

export const word = (...words: readonly string[]): fc.Arbitrary<string | null> =>
  fc.oneof({ arbitrary: fc.constantFrom(...words), weight: 12 }, hostileText, fc.constant(null));

export const quantity = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1, 1, '0', '1'), weight: 4 },
  fc.constantFrom(-1, 1e308, 'NaN', '', null, 1.5, Number.MAX_SAFE_INTEGER),
);

export const date = fc.oneof(
  {
    arbitrary: fc
      .constantFrom(0, DAY_MS, 59 * DAY_MS)
      .map((ageMs) => new Date(NOW_MS - ageMs).toISOString()),
    weight: 12,
  },
  fc.constantFrom('2026-11-20T08: 00: 00Z', '2026-11-20T17:37:05.2530000-08:00', '2026-11-20'),
  fc.constantFrom('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '1999', 'soon', 7, null),
);

export const etag = fc.oneof(
  fc.constantFrom('etag', '"etag"', 'W/"etag"', '"', 'e\r\nX-Injected: 1', 'ü', '\ud800', '', null),
  hostileText,
);

export const offerId = word(
  'DZH318Z0BQ3W:007J:DZH318Z08B1D',
  'DZH318Z0BPS6:0001:DZH318Z0BMJX',
  'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
  '031C9E47-4802-4248-838E-778FB1D2CC05',
  'MS-AZR-0145P',
);
export const orderStatus = word(
  ...['completed', 'Completed', 'pending', 'Cancelled', 'canceled', 'suspended', 'Error'],
  ...['Pending Review', 'pending_po_upload', 'poUploadComplete', 'PO-review-rejected'],
  ...['partialSuccess', 'unknown'],
);
export const subscriptionStatus = word(
  ...['active', 'Active', 'pending', 'suspended', 'deleted', 'expired', 'Disabled', 'none'],
);
export const azureStatus = word('active', 'Active', 'Inactive', 'canceled', 'deleted');
export const billingCycle = word('one_time', 'oneTime', 'OneTime', 'monthly', 'annual');
export const billingType = word('license', 'usage', 'Benefit', 'none');
export const words = fc.oneof(fc.array(word('edit', 'cancel', 'PartnerInitiated')), hostileText);
export const flag = fc.constantFrom(true, false, 'True', 1, null);
export const refundOptions = fc.oneof(
  fc.array(fc.record({ type: word('Full'), expiresAt: date }, { requiredKeys: [] }), {
    maxLength: 3,
  }),
  fc.constantFrom('P1D', null, {}, [null], [[]]),
);
export const entitlementType = word(
  'reservedinstance',
  'Software',
  'virtual_machine_reserved_instance',
);
export const productType = fc.oneof(
  fc.record({ id: word('OnlineServicesNCE', 'SaaS', 'Azure', 'Software', 'OnlineServices') }),
  fc.record({ id: word('Azure'), subType: fc.record({ id: word('SavingsPlan', 'Azure') }) }),
  word('azure', ''),
);

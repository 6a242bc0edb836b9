import { answered, holding, kept } from './answered.ts';

/** Accounts of partner and customer. */
export const accounts = [
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

import type { ErrorRow } from './error-action.ts';
import { park, RELEASING_CALLS } from './row-parts.ts';

const invalidRequest = park('invalid-request');

/** The request itself is refused: a bug of this app, or bad data that it read. */
export const invalidRequestErrors: readonly ErrorRow[] = [
  {
    // https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription
    name: 'cancellation reason invalid',
    statuses: [400],
    codes: ['900307'],
    action: park(
      'invalid-request',
      'Partner Center does not know the cancellation reason that was sent, which is a bug of this app: report it. Until it is fixed, cancel the Azure subscription in the Azure portal, then request the teardown again.',
    ),
  },
  {
    name: 'request not understood',
    statuses: [400],
    codes: ['800002', '800004', '800071', '900126'],
    action: invalidRequest,
  },
  {
    // For calls that release, an earlier row blames the purchase.
    name: 'call not supported',
    statuses: [400],
    codes: ['800042', '900127', '900141'],
    action: invalidRequest,
  },
  {
    // Reads of a customer that does not exist get the same answer (UNCONFIRMED).
    name: 'invalid property',
    statuses: [400],
    codes: ['3000'],
    operations: RELEASING_CALLS,
    action: { ...invalidRequest, unlessGone: true },
  },
  {
    // Only the status is changed, so either the purchase has changed since it was read, which a fresh read resolves
    // (INFERRED), or the service does not accept the resource that it returned.
    name: 'another change than the one asked for',
    statuses: [400, 403],
    codes: [
      ...['2001', '2002', '2054', '2071', '6000', '6001', '800016'],
      ...['800027', '800028', '800029', '800067', '800072', '800080', '800085', '800088'],
      ...['800089', '800090', '800092', '800093', '800095', '800097', '800098', '800121'],
      ...[
        '800122',
        '900214',
        '900244',
        '900245',
        '900246',
        '900257',
        '900268',
        '900269',
        '900270',
        '900275',
      ],
    ],
    operations: RELEASING_CALLS,
    action: { ...invalidRequest, onceSettled: true },
  },
];

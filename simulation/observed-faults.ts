import type { CustomerSpec, PurchaseSpec, SettingsChange } from 'partner-center-sandbox/core';
import type { Answer } from './answer.ts';
import type { FaultKind } from './faults.ts';
import { isAzureCancellation } from './oracle/cancellations.ts';

/** Codes of article error-codes, with their kinds of fault. */
const CODES: Readonly<Record<string, FaultKind>> = {
  '900329': 'entitlements refused',
  '900117': 'too late to cancel',
  '900213': 'too late to cancel',
  '800061': 'too late to cancel',
  '900278': 'operation under way',
  '800082': 'operation under way',
  '900280': 'operation under way',
  '900277': 'operation under way',
  '800060': 'order in progress',
  '800014': 'order in progress',
  '900115': 'Azure plan still held',
  '800081': 'SaaS that is not activated',
  '800073': 'account not in order',
  '800074': 'account not in order',
  '800075': 'account not in order',
  '800039': 'account not in order',
  '900124': 'account not in order',
  '900149': 'account not in order',
  '900416': 'account not in order',
};

/** The fault that an answer of the sandbox shows. */
export function faultIn(path: string, { status, body }: Answer): FaultKind | undefined {
  if (status === 202) return 'accepted, not yet done';
  if (status < 400) return undefined;
  const code = /"code":"?(\d+)/.exec(body)?.[1] ?? '';
  const isRepeated = isAzureCancellation(path) && ['800012', '900278'].includes(code);
  return isRepeated ? 'Azure subscription cancelled twice' : CODES[code];
}

/** The unusual purchases of customers. */
const PURCHASES: readonly (readonly [FaultKind, (purchase: PurchaseSpec) => unknown])[] = [
  [
    'listed late',
    (each) =>
      each.visibleAfterMs ?? each.subscriptionVisibleAfterMs ?? each.entitlementVisibleAfterMs,
  ],
  ['never cancels', ({ neverCancels }) => neverCancels],
  ['unusual ids', ({ orderIdForm }) => orderIdForm],
  ['add-on', ({ addOn }) => addOn],
  ['legacy Azure subscription', ({ kind }) => kind === 'legacy-azure'],
  ['savings plan', ({ kind }) => kind === 'savings-plan'],
  ['trial', ({ trial }) => trial],
  ['order that waits or failed', ({ orderStatus }) => orderStatus],
  ['new commerce at its renewal', ({ termEndsInMs }) => termEndsInMs === 0],
  ['migration to new commerce', ({ migration }) => migration],
  [
    'Azure plan disabled by spending',
    ({ kind, status }) => kind === 'azure-plan' && status === 'disabled',
  ],
];

export function faultsOf(
  customers: readonly CustomerSpec[],
  settings: SettingsChange,
): readonly FaultKind[] {
  const { statusSpelling, typeCase, productTypeForm } = settings;
  const isUnusual =
    statusSpelling !== 'snake_case' ||
    typeCase !== 'as-in-samples' ||
    productTypeForm === 'with-sub-type';
  const purchases = customers.flatMap((customer) => customer.purchases ?? []);
  return [
    ...PURCHASES.filter(([, is]) => purchases.some(is)).map(([kind]) => kind),
    ...(customers.some(hasReservationAndPlan)
      ? (['reservation beside an Azure plan'] as const)
      : []),
    ...(isUnusual ? (['unusual spelling'] as const) : []),
  ];
}

function hasReservationAndPlan({ purchases = [] }: CustomerSpec): boolean {
  const stands = (kind: PurchaseSpec['kind']) =>
    purchases.some((each) => each.kind === kind && each.status === undefined);
  return stands('reservation') && stands('azure-plan');
}

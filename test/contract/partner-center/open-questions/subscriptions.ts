import { answered, holding, kept } from './answered.ts';

const HOUR_MS = 3_600_000;

/** What is ended by its subscription. */
export const subscriptions = [
  answered({ otherChanges: 'ignored' }, { otherChanges: ['ignored'] }),
  answered({ slowPatch: 'pending' }, { 'PATCH subscription': ['200'], 'Location of 202': [] }),
  answered({ slowPatch: 'accepted-pending' }),
  answered({ unactivatedSaas: 'ends' }),
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
  ...(
    [
      ['suspended', 'deleted'],
      ['active', 'kept'],
    ] as const
  ).map(([migratingLicenceReads, mustEnd]) =>
    answered(
      { migratingLicenceReads },
      {},
      {
        ...{ of: 'a migration', mustEnd },
        customer: holding({ kind: 'licence', migration: 'reverts' }),
      },
    ),
  ),
  ...(['suspended', 'deleted', 'unlisted'] as const).map((migratedLicenceReads) =>
    answered(
      { migratedLicenceReads },
      {},
      {
        of: 'a migration that is done',
        customer: holding({ kind: 'licence', migration: 'completes', migrationTakesMs: 0 }),
      },
    ),
  ),
  ...(['disabled', 'expired'] as const).map((suspendedAtTermEnd) =>
    answered(
      { suspendedAtTermEnd, renewalTakesMs: 0 },
      {},
      {
        of: 'suspended new commerce after its term',
        customer: holding({ kind: 'new-commerce', status: 'suspended', termEndsInMs: 0 }),
        mustEnd: 'deleted',
      },
    ),
  ),
  ...(['shown', 'absent'] as const).map((trialEndDates) =>
    answered(
      { trialEndDates },
      {},
      { ...kept, of: 'a trial', customer: holding({ kind: 'new-commerce', trial: true }) },
    ),
  ),
];

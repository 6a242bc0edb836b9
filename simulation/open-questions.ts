import type { SettingsChange } from 'partner-center-sandbox/core';
import type { Choices } from './choices.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Answers to what no article says of Partner Center, drawn one way or the other, mostly as the articles suggest:
 * `packages/partner-center-sandbox/docs/sandbox.md`.
 */
export function openQuestions(choices: Choices): SettingsChange {
  return { ...ofReads(choices), ...ofWrites(choices), ...ofAzure(choices), ...ofAccounts(choices) };
}

type ErrorAnswer = NonNullable<SettingsChange['deleteRefusal']>;

/** Half of the time, because one draw among many would rarely be the other answer. */
const EVENLY = 0.5;
const MOSTLY = 0.8;

function ofReads(choices: Choices) {
  return {
    refuseEntitlementsToAppOnly: choices.among([false, true], EVENLY),
    cancelledEntitlements: choices.among(['stay', 'vanish'], EVENLY),
    newOrdersLateMs: choices.among([0, 15 * MINUTE_MS], MOSTLY),
    etags: choices.among(['as-in-samples', 'everywhere'], EVENLY),
    unshownEtags: choices.among(['refused', 'ignored'], MOSTLY),
    etagLifetimeMs: choices.among([0, MINUTE_MS], 0.9),
    codesAre: choices.among(['text', 'number'], EVENLY),
    statusSpelling: choices.among(
      ['snake_case', 'PascalCase', 'camelCase', 'blanks', 'UPPERCASE'],
      MOSTLY,
    ),
    cancelledSpelling: choices.among(['cancelled', 'canceled'], MOSTLY),
    productTypeForm: choices.among(['named', 'id-only', 'with-sub-type'], MOSTLY),
    typeCase: choices.among(['as-in-samples', 'lower', 'upper'], MOSTLY),
    textsUse: choices.among(['full-forms', 'contractions'], EVENLY),
    cancellationDates: choices.among(['as-enforced', 'as-in-production', 'absent'], EVENLY),
    refundDateName: choices.among(['expiresAt', 'expiresAfter'], EVENLY),
  };
}

function ofWrites(choices: Choices) {
  return {
    deleteRefusal: choices.among<ErrorAnswer>([
      { status: 400, code: '2000' },
      { status: 403, code: '2000' },
      { status: 409, code: '2000' },
    ]),
    repeatedCancel: choices.among(['accepted', 'in-progress'], EVENLY),
    newCommerceWindowMs: choices.among([0, 7 * DAY_MS], MOSTLY),
    marketplaceWindows: choices.among(['none', 'as-in-production'], MOSTLY),
    softwareWindows: choices.among(['none', 'as-in-production'], MOSTLY),
    sixtyDays: choices.among(['orders', 'everything-cancelled'], MOSTLY),
    tooOldCode: choices.among(['by-product', '800061', '900117'], EVENLY),
    slowPatch: choices.among(['accepted', 'pending', 'accepted-pending'], EVENLY),
    unactivatedSaas: choices.among(['refused', 'ends'], EVENLY),
    suspendedUpdates: choices.among(['refused', 'accepted', 'refused-even-to-end'], EVENLY),
    renewalTakesMs: choices.among([20 * MINUTE_MS, DAY_MS], EVENLY),
    cancelDuringRenewal: choices.among(['refused-once', 'accepted'], EVENLY),
    renewalCode: choices.among(['900278', '800082'], EVENLY),
    suspendedAtTermEnd: choices.among(['disabled', 'expired'], EVENLY),
    migrationBlocksDeletion: choices.among([false, true], EVENLY),
    migratingLicenceReads: choices.among(['suspended', 'active'], EVENLY),
    migratedLicenceReads: choices.among(['suspended', 'deleted', 'unlisted'], EVENLY),
    cancelUnderReview: choices.among(['in-progress', 'accepted', 'refused'], EVENLY),
    failedOrders: choices.among(['hold-nothing', 'hold'], MOSTLY),
    failedLineSubscription: choices.among(['absent', 'not-found', 'listed'], EVENLY),
    failedLineEntitlement: choices.among(['unfulfilled', 'absent'], EVENLY),
    cancelPartialSuccess: choices.among(['accepted', 'refused'], MOSTLY),
    ordersFollowSubscriptions: choices.among(
      ['when-suspended', 'when-suspended-or-deleted', 'never'],
      EVENLY,
    ),
    orderByAlternateId: choices.among([false, true], EVENLY),
    endingParent: choices.among(
      ['as-in-articles', 'leaves-add-ons', 'ends-add-ons', 'refused'],
      EVENLY,
    ),
  };
}

function ofAzure(choices: Choices) {
  return {
    cancellationReasons: choices.among(['documented-only', 'any'], MOSTLY),
    azureCancelStatus: choices.among([200, 202], EVENLY),
    cancelledAzureReads: choices.among(['inactive', 'cancelled', 'deleted'], MOSTLY),
    repeatedAzureCancel: choices.among(['accepted', 'not-active', 'pending-operation'], EVENLY),
    azurePlanHeldBy: choices.among(
      ['reservations-too', 'azure-subscriptions', 'savings-plans-too'],
      EVENLY,
    ),
    legacyAzureType: choices.among(['absent', 'shown'], EVENLY),
    overspentPlanReads: choices.among(['disabled', 'active'], EVENLY),
    overspentPlanSuspends: choices.among([true, false], EVENLY),
  };
}

function ofAccounts(choices: Choices) {
  return {
    unknownCustomer: choices.among<ErrorAnswer>(
      [
        { status: 403, code: '20002' },
        { status: 404, code: '1000' },
        { status: 404, code: '60003' },
        { status: 400, code: '3000' },
      ],
      EVENLY,
    ),
    partnerAccount: choices.among(
      ['in-order', 'agreement-missing', 'reseller-program-inactive', 'program-inactive'],
      0.98,
    ),
    underReviewCode: choices.among(['800073', '800074'], EVENLY),
    accountBlocksDeletion: choices.among([true, false], EVENLY),
  };
}

import * as v from 'valibot';
import type { ServiceBusConnection } from '../service-bus/connect.ts';
import { defined } from '../shared/defined.ts';
import { durationText } from '../shared/duration.ts';
import type { TeardownMode } from '../teardown/model/mode.ts';
import type { Protection } from '../teardown/model/protection.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../teardown/model/sandbox.ts';
import type { SweepRules } from '../teardown/model/sweep-rules.ts';
import type { Backoff } from '../teardown/reconcile/retry-policy.ts';
import { dueTimes } from './due-times.ts';
import { type Environment, variablesSet, withAllNames } from './environment.ts';
import {
  type PartnerCenterSettings,
  partnerCenterEntries,
  partnerCenterFrom,
} from './partner-center.ts';
import { isCustomerRule, readProtections } from './protections.ts';
import { schedule } from './schedule.ts';
import { readServiceBusConnection } from './service-bus-connection.ts';
import { SettingsError } from './settings-error.ts';
import { unknownSettings } from './unknown-settings.ts';
import { domain, duration, guids, list, number, oneOf } from './validators.ts';

/** Every setting of the app with its default; all are environment variables. */
const schema = v.object({
  TEARDOWN_MODE: v.optional(oneOf('TEARDOWN_MODE', ['off', 'dry-run', 'enforce']), 'dry-run'),
  ...partnerCenterEntries,
  SANDBOX_DOMAIN: v.optional(domain('SANDBOX_DOMAIN')),
  DENIED_TENANT_IDS: v.optional(guids('DENIED_TENANT_IDS'), ''),
  PROTECTED_CUSTOMERS: v.optional(readProtections, '[]'),
  CHECK_FIRST_DELAY: v.optional(duration('CHECK_FIRST_DELAY', 'PT0.1S', 'PT5M'), 'PT5S'),
  CHECK_MAX_DELAY: v.optional(duration('CHECK_MAX_DELAY', 'PT0.1S', 'PT1H'), 'PT5M'),
  CHECK_DELAY_MULTIPLIER: v.optional(number('CHECK_DELAY_MULTIPLIER', { min: 1, max: 10 }), '1.5'),
  CHECK_DELAY_JITTER: v.optional(number('CHECK_DELAY_JITTER', { min: 0, max: 0.5 }), '0.1'),
  TEARDOWN_MAX_CHECKS: v.optional(
    number('TEARDOWN_MAX_CHECKS', { min: 2, max: 10_000 }, true),
    '500',
  ),
  TEARDOWN_DEADLINE: v.optional(duration('TEARDOWN_DEADLINE', 'PT10S', 'P7D'), 'PT24H'),
  DEAD_LETTER_SCHEDULE: v.optional(schedule('DEAD_LETTER_SCHEDULE'), '0 */10 * * * *'),
  SWEEP_SCHEDULE: v.optional(schedule('SWEEP_SCHEDULE'), '0 0 2 * * *'),
  SWEEP_INCLUDE: v.optional(
    v.pipe(
      v.string(),
      v.transform(list),
      v.check(
        (rules) => rules.every(isCustomerRule),
        'SWEEP_INCLUDE must be customer tenant ids and domain patterns separated by commas, such as *.onmicrosoft.com.',
      ),
    ),
    '',
  ),
  SWEEP_MAX_CUSTOMERS: v.optional(
    number('SWEEP_MAX_CUSTOMERS', { min: 0, max: MAX_SANDBOX_CUSTOMERS }, true),
    '25',
  ),
  SWEEP_GRACE: v.optional(duration('SWEEP_GRACE', 'PT1M', 'P7D')),
  SWEEP_MIN_IDLE: v.optional(duration('SWEEP_MIN_IDLE', 'PT1M', 'P60D'), 'PT12H'),
  SWEEP_MAX_PAST_DUE: v.optional(duration('SWEEP_MAX_PAST_DUE', 'PT1M', 'P1D'), 'PT1H'),
  SWEEP_BELOW_FREE_SLOTS: v.optional(
    number('SWEEP_BELOW_FREE_SLOTS', { min: 1, max: MAX_SANDBOX_CUSTOMERS }, true),
  ),
});

/** The names of all settings but those of the Service Bus connection. */
export const settingNames: readonly string[] = Object.keys(schema.entries);

/** The defaults as one would write them; undefined for a setting that is required or has no default. */
export const settingDefaults: Readonly<Record<string, unknown>> = v.getDefaults(schema);

export interface Settings {
  readonly mode: TeardownMode;
  readonly sandboxTenantId: string;
  /** The domain of the sandbox's organisation, in ASCII form, where it is to be checked as well. */
  readonly sandboxDomain?: string;
  readonly deniedTenantIds: readonly string[];
  readonly protections: readonly Protection[];
  readonly backoff: Backoff;
  readonly partnerCenter: PartnerCenterSettings;
  readonly serviceBus: ServiceBusConnection;
  /** When dead letters are handled. */
  readonly deadLetterSchedule: string;
  readonly sweep: {
    readonly schedule: string;
    readonly graceMs: number;
    /** A customer with a newer purchase than this is skipped when its turn comes. */
    readonly minIdleMs: number;
    /** A sweep that runs later than this after its due time requests nothing. */
    readonly maxPastDueMs: number;
    readonly rules: SweepRules;
  };
}

/**
 * Reads the app's settings from environment variables; a blank value counts as not set.
 *
 * @throws SettingsError naming every invalid setting and what it must be
 */
export function readSettings(environment: Environment): Settings {
  const set = variablesSet(environment);
  const parsed = v.safeParse(schema, withAllNames(settingNames, set));
  const serviceBus = readServiceBusConnection(environment);
  const messages = [
    ...unknownSettings(Object.keys(set), settingNames),
    ...(parsed.issues ?? []).map(({ message }) => message),
    ...(typeof serviceBus === 'string' ? [serviceBus] : []),
  ];
  if (!parsed.success || typeof serviceBus === 'string' || messages.length > 0) {
    throw new SettingsError([...new Set(messages)]);
  }
  return settingsFrom(parsed.output, serviceBus);
}

function settingsFrom(values: Values, serviceBus: ServiceBusConnection): Settings {
  const partnerCenter = partnerCenterFrom(values);
  if (!('signIn' in partnerCenter)) throw new SettingsError(partnerCenter);
  if (values.CHECK_MAX_DELAY < values.CHECK_FIRST_DELAY) {
    throw new SettingsError(['CHECK_MAX_DELAY must not be shorter than CHECK_FIRST_DELAY.']);
  }
  const objection =
    objectionToDomain(values) ?? objectionToSweeps(values) ?? objectionToGrace(values);
  if (objection !== undefined) throw new SettingsError([objection]);
  return {
    mode: values.TEARDOWN_MODE,
    sandboxTenantId: values.SANDBOX_TENANT_ID,
    ...defined({ sandboxDomain: values.SANDBOX_DOMAIN }),
    deniedTenantIds: values.DENIED_TENANT_IDS,
    protections: values.PROTECTED_CUSTOMERS,
    backoff: {
      firstDelayMs: values.CHECK_FIRST_DELAY,
      maxDelayMs: values.CHECK_MAX_DELAY,
      multiplier: values.CHECK_DELAY_MULTIPLIER,
      jitter: values.CHECK_DELAY_JITTER,
      maxChecks: values.TEARDOWN_MAX_CHECKS,
      deadlineMs: values.TEARDOWN_DEADLINE,
    },
    partnerCenter,
    serviceBus,
    deadLetterSchedule: values.DEAD_LETTER_SCHEDULE,
    sweep: {
      schedule: values.SWEEP_SCHEDULE,
      graceMs: values.SWEEP_GRACE ?? 0,
      minIdleMs: values.SWEEP_MIN_IDLE,
      maxPastDueMs: values.SWEEP_MAX_PAST_DUE,
      rules: defined({
        include: values.SWEEP_INCLUDE,
        maxCustomers: values.SWEEP_MAX_CUSTOMERS,
        belowFreeSlots: values.SWEEP_BELOW_FREE_SLOTS,
      }),
    },
  };
}

type Values = v.InferOutput<typeof schema>;

const MINUTE_MS = 60_000;

/** "App+User credentials only": https://learn.microsoft.com/partner-center/developer/get-an-organization-profile */
function objectionToDomain({ SANDBOX_DOMAIN, PARTNER_CENTER_SIGN_IN }: Values): string | undefined {
  if (SANDBOX_DOMAIN === undefined || PARTNER_CENTER_SIGN_IN === 'app-and-user') return undefined;
  return `SANDBOX_DOMAIN has no effect with PARTNER_CENTER_SIGN_IN "${PARTNER_CENTER_SIGN_IN}": Partner Center shows the account's organisation only to "app-and-user". Remove it, or choose that sign-in.`;
}

/** A sweep is named by the minute in which it is due. */
function objectionToSweeps({ SWEEP_SCHEDULE }: Values): string | undefined {
  return dueTimes(SWEEP_SCHEDULE).minPeriodMs < MINUTE_MS
    ? `SWEEP_SCHEDULE must not be due twice within a minute, but is ${JSON.stringify(SWEEP_SCHEDULE)}.`
    : undefined;
}

/** An announced customer must be requested before the next sweep is due. */
function objectionToGrace({ SWEEP_GRACE, SWEEP_SCHEDULE }: Values): string | undefined {
  if (SWEEP_GRACE === undefined) return undefined;
  const { minPeriodMs } = dueTimes(SWEEP_SCHEDULE);
  if (SWEEP_GRACE <= minPeriodMs) return undefined;
  return `SWEEP_GRACE must not be longer than the time from one sweep to the next, which is ${durationText(minPeriodMs)} by SWEEP_SCHEDULE, but is ${durationText(SWEEP_GRACE)}.`;
}

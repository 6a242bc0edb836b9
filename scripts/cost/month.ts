import { Cron } from 'croner';
import { MAX_WAIT_MS } from '../../src/service-bus/dead-letters.ts';
import { settingDefaults } from '../../src/settings/settings.ts';
import type { Deployment } from './deployment.ts';
import { type Assumed, billedMs, gbSecondsOf } from './held.ts';
import { gbSecondsOfNight, type Night, operationsOf, total } from './night.ts';
import { dollarsBeyondFree, dollarsOf, type Meter } from './price-list.ts';

export const NIGHTS = 30;
const SECONDS_A_DAY = 24 * 60 * 60;
const QUEUES = 2;

/**
 * The host's own lines of an execution: "Executing", "Trigger Details", "Executed"
 * (https://github.com/Azure/azure-webjobs-sdk, FunctionInstanceLogger.cs), and the record of the request. In a host with the Azure
 * SDKs at Information it was 11 of 10.8 KB together; host.json hears those from Warning on.
 */
export const HOST_LINES = 4;

/** Assumed, and rather too high: the real host could not be measured. */
export const GENEROUS = {
  /** Requests of the platform to each empty queue. */
  pollsASecond: 1,
  /** Renewals of the host's and the timers' leases, day and night. */
  leaseRenewalEveryS: 5,
  /** Status of a timer, written around each run. */
  writesATimerRun: 3,
  /** What Application Insights adds to each line: ids, names, times. */
  bytesAroundALine: 700,
  hostLineBytes: 1_000,
  /** None with federated-identity; otherwise a token an hour for each instance. */
  vaultOperations: 10_000,
} as const;

export interface BillLine {
  readonly what: string;
  readonly meter: Meter;
  readonly quantity: number;
}

/** The dead-letter timer waits for a first dead letter of each queue, and gets none. */
export function deadLetterRuns(assumed: Assumed): {
  readonly aDay: number;
  readonly heldMs: number;
} {
  const start = new Date(Date.UTC(2026, 0, 1));
  const end = start.getTime() + SECONDS_A_DAY * 1000;
  const schedule = String(settingDefaults['DEAD_LETTER_SCHEDULE']);
  const cron = new Cron(schedule, { timezone: 'UTC' });
  let aDay = 0;
  for (
    let run = cron.nextRun(start);
    run !== null && run.getTime() <= end;
    run = cron.nextRun(run)
  ) {
    aDay += 1;
  }
  return { aDay, heldMs: assumed.ownWorkMs + QUEUES * MAX_WAIT_MS };
}

/** The usage of a month of such nights, meter by meter. */
export function monthOf(
  night: Night,
  deployment: Deployment,
  assumed: Assumed,
): readonly BillLine[] {
  const deadLetters = deadLetterRuns(assumed);
  const timerRuns = NIGHTS * deadLetters.aDay;
  const executions = NIGHTS * night.executions.length + timerRuns;
  const logBytes =
    NIGHTS * (total(night, 'logBytes') + total(night, 'logLines') * GENEROUS.bytesAroundALine) +
    executions * HOST_LINES * GENEROUS.hostLineBytes;
  const seconds = NIGHTS * SECONDS_A_DAY;
  return [
    {
      what: 'compute of the nights',
      meter: 'functionsGbSecond',
      quantity: NIGHTS * gbSecondsOfNight(night, assumed),
    },
    {
      what: `parkDeadLetters, ${deadLetters.aDay} times a day`,
      meter: 'functionsGbSecond',
      quantity: timerRuns * gbSecondsOf(billedMs(deadLetters.heldMs), assumed),
    },
    { what: 'executions', meter: 'functionsExecution', quantity: executions },
    { what: 'Service Bus Standard', meter: 'serviceBusBase', quantity: 1 },
    {
      what: 'Service Bus operations',
      meter: 'serviceBusOperation',
      quantity: NIGHTS * operationsOf(night) + seconds * QUEUES * GENEROUS.pollsASecond,
    },
    {
      what: 'leases of the host and its timers',
      meter: 'blobOtherOperation',
      quantity: seconds / GENEROUS.leaseRenewalEveryS,
    },
    {
      what: 'status of the timers',
      meter: 'blobWrite',
      quantity: (timerRuns + NIGHTS) * GENEROUS.writesATimerRun,
    },
    {
      what: 'Key Vault, where a secret is kept',
      meter: 'keyVaultOperation',
      quantity: GENEROUS.vaultOperations,
    },
    { what: 'log lines', meter: 'logGigabyte', quantity: logBytes / 1e9 },
    {
      what: 'alerts on metrics',
      meter: 'metricAlertSeries',
      quantity: deployment.metricAlertSeries,
    },
    { what: 'alerts on log lines', meter: 'logAlertRule', quantity: deployment.logAlertRules },
  ];
}

export function listDollars(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { meter, quantity }) => sum + dollarsOf(meter, quantity), 0);
}

/** A free amount counts once a month for each meter, not for each line. */
export function dollarsAfterGrants(lines: readonly BillLine[]): number {
  const meters = new Map<Meter, number>();
  for (const { meter, quantity } of lines) meters.set(meter, (meters.get(meter) ?? 0) + quantity);
  return [...meters].reduce(
    (sum, [meter, quantity]) => sum + dollarsBeyondFree(meter, quantity),
    0,
  );
}

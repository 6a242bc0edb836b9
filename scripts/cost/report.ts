import { CUSTOMERS, PURCHASES } from '../../bench/full-sandbox.ts';
import type { Deployment } from './deployment.ts';
import { type Assumed, gbSecondsOf } from './held.ts';
import {
  type BillLine,
  deadLetterRuns,
  dollarsAfterGrants,
  GENEROUS,
  HOST_LINES,
  listDollars,
  monthOf,
  NIGHTS,
} from './month.ts';
import {
  computeDollars,
  gbSecondsAlone,
  gbSecondsOfNight,
  heldMsOfNight,
  type Night,
  operationsOf,
  total,
} from './night.ts';
import { dollarsOf, PRICES } from './price-list.ts';

/** The maximum for the compute of a night of 75 customers. */
export const MAX_PER_NIGHT = 0.05;

export interface NamedNight extends Night {
  readonly name: string;
}

/** The whole report: what was counted, what was assumed, and the total at list price. */
export function costReport(
  nights: readonly NamedNight[],
  deployment: Deployment,
  assumed: Assumed,
): string {
  return [
    `A night: ${CUSTOMERS} customers with ${PURCHASES.length} purchases each, played on a simulated clock; the app's own code, counted.`,
    '',
    ...nightTable(nights, assumed),
    '',
    ...assumptions(assumed),
    '',
    ...nights.slice(-1).flatMap((night) => monthTable(night, deployment, assumed)),
  ].join('\n');
}

function nightTable(nights: readonly NamedNight[], assumed: Assumed): readonly string[] {
  const row = (what: string, cell: (night: NamedNight) => string): string =>
    `${what.padEnd(36)}${nights.map((night) => cell(night).padStart(30)).join('')}`.trimEnd();
  const count = (value: number): string => Math.round(value).toLocaleString('en-US');
  return [
    row('', ({ name }) => name),
    row('customers deleted', ({ deleted }) => count(deleted)),
    row('function executions', ({ executions }) => count(executions.length)),
    row('API requests', (night) => count(total(night, 'apiRequests'))),
    row('messages sent', (night) => count(total(night, 'messagesSent'))),
    row('Service Bus operations', (night) => count(operationsOf(night))),
    row('log lines', (night) => count(total(night, 'logLines'))),
    row('bytes of log lines', (night) => count(total(night, 'logBytes'))),
    row('instances held', (night) => `${count(heldMsOfNight(night, assumed) / 1000)} s`),
    row('billed', (night) => `${count(gbSecondsOfNight(night, assumed))} GB-s`),
    row('compute of the night', (night) => dollars(dollarsOfNight(night, assumed))),
    row('compute for each customer', (night) =>
      dollars(dollarsOfNight(night, assumed) / CUSTOMERS, 6),
    ),
    row('if each execution were alone', (night) => `${count(gbSecondsAlone(night, assumed))} GB-s`),
    row('compute of that night', (night) => dollars(dollarsAlone(night, assumed))),
    row('and below $0.05 up to', (night) => `${count(slowestApiMs(night, assumed))} ms a request`),
    row('a loop that sleeps instead', ({ sleptMs }) =>
      sleptMs === 0 ? 'nothing to wait for' : dollars(sleepingDollars(sleptMs, assumed)),
    ),
  ];
}

function dollarsOfNight(night: Night, assumed: Assumed): number {
  return computeDollars(night, gbSecondsOfNight(night, assumed));
}

function dollarsAlone(night: Night, assumed: Assumed): number {
  return computeDollars(night, gbSecondsAlone(night, assumed));
}

/** What the waits alone would cost if an instance were held for them, as by a loop that sleeps. */
function sleepingDollars(sleptMs: number, assumed: Assumed): number {
  return dollarsOf('functionsGbSecond', gbSecondsOf(sleptMs, assumed));
}

/** The slowest answer, in steps of a tenth of a second, at which a night's compute does not cost too much. */
function slowestApiMs(night: Night, assumed: Assumed): number {
  const stepMs = 100;
  let apiRequestMs = 0;
  while (dollarsAlone(night, { ...assumed, apiRequestMs: apiRequestMs + stepMs }) < MAX_PER_NIGHT) {
    apiRequestMs += stepMs;
  }
  return apiRequestMs;
}

function assumptions(assumed: Assumed): readonly string[] {
  const { apiRequestMs, sendMs, ownWorkMs, memoryMB } = assumed;
  return [
    `Assumed: ${apiRequestMs} ms an API request, ${sendMs} ms a message sent, ${ownWorkMs} ms of its own for each execution; ${memoryMB} MB an`,
    'instance, and one instance of each function. Billed is the time that it is at work without a break: at least 1,000 ms,',
    'in steps of 100 ms.',
    `Assumed, too much on purpose: ${GENEROUS.pollsASecond} check a second at each queue, a lease renewed every ${GENEROUS.leaseRenewalEveryS} s day and night,`,
    `${GENEROUS.bytesAroundALine} bytes around each log line, ${GENEROUS.hostLineBytes} bytes for each of the host's own ${HOST_LINES} lines of an execution.`,
  ];
}

function monthTable(
  night: NamedNight,
  deployment: Deployment,
  assumed: Assumed,
): readonly string[] {
  const lines = monthOf(night, deployment, assumed);
  const timer = deadLetterRuns(assumed);
  return [
    `A month of ${NIGHTS} such nights (${night.name}), list prices in US dollars:`,
    '',
    ...lines.map(billLine),
    `${'at list price'.padEnd(79)}${dollars(listDollars(lines)).padStart(10)}`,
    `${'less what is free each month'.padEnd(79)}${dollars(dollarsAfterGrants(lines)).padStart(10)}`,
    '',
    `parkDeadLetters waits ${timer.heldMs} ms in each run, with nothing to do.`,
  ];
}

function billLine({ what, meter, quantity }: BillLine): string {
  const { unit, dollars: price, per } = PRICES[meter];
  const amount = `${quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 100 ? 2 : 0 })} ${unit}`;
  const rate = `$${price} ${per === 1 ? 'each' : `/ ${per.toLocaleString('en-US')}`}`;
  const list = dollars(dollarsOf(meter, quantity));
  return `${what.padEnd(36)}${amount.padStart(20)}   ${rate.padEnd(20)}${list.padStart(10)}`;
}

function dollars(value: number, digits = 4): string {
  return `$${value.toFixed(digits)}`;
}

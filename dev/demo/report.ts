import Table from 'cli-table3';
import type { RequestRecord } from 'partner-center-sandbox/core';
import type { Progress } from './tracker.ts';

/** The table of outcomes, and the totals under it. */
export function report(
  progress: readonly Progress[],
  requests: readonly RequestRecord[],
  colour: boolean,
): string {
  const table = new Table({
    head: [
      'customer',
      'what it had',
      'outcome',
      'reason',
      'checks',
      'API requests',
      'waited',
      'compute',
    ],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'],
    style: colour ? { head: ['bold'], border: ['grey'], compact: true } : plain,
  });
  for (const each of progress) {
    const [outcome] = each.outcomes;
    table.push([
      each.story.name,
      each.story.had,
      outcome?.kind ?? 'none',
      outcome?.reason ?? '',
      each.checks,
      requestsOf(each, requests),
      seconds(waitedMs(each)),
      `${Math.round(each.computeMs)} ms`,
    ]);
  }
  return [table.toString(), '', ...totals(progress, requests)].join('\n');
}

const plain = { head: [], border: [], compact: true };

function requestsOf({ story }: Progress, requests: readonly RequestRecord[]): number {
  return requests.filter(({ customerId }) => customerId === story.customerId).length;
}

/** The time from the message to its outcome, without the time that an instance worked. */
function waitedMs({ requestedAtMs, endedAtMs, computeMs }: Progress): number {
  return Math.max(0, (endedAtMs ?? requestedAtMs) - requestedAtMs - computeMs);
}

function totals(
  progress: readonly Progress[],
  requests: readonly RequestRecord[],
): readonly string[] {
  const computeMs = sum(progress.map((each) => each.computeMs));
  const sleepingMs = computeMs + sum(progress.map(waitedMs));
  const share = sleepingMs === 0 ? 0 : computeMs / sleepingMs;
  const maxMs = Math.max(...progress.map((each) => each.maxMs));
  const throttled = requests.filter(({ status }) => status === 429).length;
  const checks = sum(progress.map((each) => each.checks));
  const parked = progress.flatMap(({ story, outcomes }) =>
    outcomes
      .filter(({ kind }) => kind === 'parked')
      .map(({ nextStep }) => `Parked: ${story.name}. Next step: ${nextStep ?? ''}`),
  );
  return [
    ...parked,
    `API requests: ${requests.length} in ${checks} checks (${(requests.length / checks).toFixed(1)} each), ${throttled} answered 429. Longest invocation: ${Math.round(maxMs)} ms.`,
    `Compute held: ${seconds(computeMs)}. A loop that sleeps would have held ${seconds(sleepingMs)} for the same waits: this is ${(share * 100).toFixed(1)} % of it.`,
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

import type { RequestRecord, SandboxState } from 'partner-center-sandbox/core';
import type { Progress } from './tracker.ts';

/** Messages that a queue still holds; all must be 0 in the end. */
export interface Leftovers {
  readonly entity: string;
  readonly messages: number;
}

/**
 * The problems with the end of the demo, one message each. They are found in the simulated sandbox and its requests, not
 * in what the functions reported.
 */
export function wrongs(
  progress: readonly Progress[],
  state: SandboxState,
  requests: readonly RequestRecord[],
  leftovers: readonly Leftovers[],
): readonly string[] {
  return [
    ...progress.flatMap((each) => [...wrongOutcome(each), ...wrongWorld(each, state, requests)]),
    ...leftovers
      .filter(({ messages }) => messages > 0)
      .map(({ entity, messages }) => `${entity} still holds ${messages} messages.`),
  ];
}

function wrongOutcome({ story, outcomes, checks }: Progress): readonly string[] {
  const { kind, reason, minChecks = 0 } = story.expected;
  const [outcome] = outcomes;
  if (outcome === undefined || outcomes.length > 1) {
    return [`${story.name}: ${outcomes.length} outcomes were published, not one.`];
  }
  const wrong: string[] = [];
  if (outcome.kind !== kind || (reason !== undefined && outcome.reason !== reason)) {
    const should = reason === undefined ? kind : `${kind} (${reason})`;
    wrong.push(`${story.name}: the outcome is ${outcome.kind} (${outcome.reason}), not ${should}.`);
  }
  if (checks < minChecks) {
    wrong.push(
      `${story.name}: it ended after ${checks} checks, before its orders could be released.`,
    );
  }
  return wrong;
}

function wrongWorld(
  { story }: Progress,
  state: SandboxState,
  requests: readonly RequestRecord[],
): readonly string[] {
  const { customerId, name } = story;
  const there = state.customers.some(({ id }) => id === customerId);
  const deletions = state.deletedCustomers.filter(({ id }) => id === customerId).length;
  const writes = requests.filter((request) => request.customerId === customerId && request.isWrite);
  switch (story.expected.world) {
    case 'gone':
      return there || deletions !== 1 ? [`${name}: the customer is still in the sandbox.`] : [];
    case 'still there':
      return there ? [] : [`${name}: the customer is gone and should not be.`];
    case 'untouched':
      return there && writes.length === 0
        ? []
        : [
            `${name}: the customer should be there untouched, but saw ${writes.length} writing calls.`,
          ];
    case 'nothing':
      return there || writes.length > 0 ? [`${name}: something was written, of no one.`] : [];
  }
}

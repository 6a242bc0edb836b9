import { defined } from '../shared/defined.ts';
import type { OutcomeAbout } from '../teardown/model/messenger.ts';
import type { Outcome } from '../teardown/model/outcome.ts';
import type { SweepEvent } from '../teardown/model/sweep-event.ts';

/** CloudEvents 1.0, JSON format. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The sandbox that the event is from. */
function sourceOf({ sandboxTenantId }: Origin): string {
  return `urn:sandbox-teardown:${sandboxTenantId}`;
}

/** The origin of events, and the portal that a person opens. */
export interface Origin {
  readonly sandboxTenantId: string;
  readonly portalUrl: string;
}

/** `sandbox.teardown.<outcome>`, with the customer as its subject. One that needs a person names the portal. */
export function outcomeEvent(origin: Origin, about: OutcomeAbout, outcome: Outcome): CloudEvent {
  const { kind, ...details } = outcome;
  const { startedMs, endedMs, ...names } = about;
  return {
    specversion: '1.0',
    id: `${about.teardownId}:${lastWordOf(outcome)}`,
    source: sourceOf(origin),
    type: `sandbox.teardown.${kind}`,
    ...defined({ subject: about.customerTenantId }),
    time: new Date(endedMs).toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...names,
      outcome: kind,
      ...details,
      ...(kind === 'parked' && { portal: origin.portalUrl }),
      startedAt: new Date(startedMs).toISOString(),
      endedAt: new Date(endedMs).toISOString(),
    },
  };
}

/** A message on `teardown-checks` may have the name of a teardown: an answer to it is not that teardown's outcome. */
function lastWordOf({ reason }: Outcome): string {
  return reason === 'foreign-check' || reason === 'newer-check' ? reason : 'outcome';
}

/** `sandbox.sweep.<kind>`. */
export function sweepEvent(origin: Origin, event: SweepEvent): CloudEvent {
  const { id, kind, endedMs, firstDueMs, ...details } = event;
  return {
    specversion: '1.0',
    id,
    source: sourceOf(origin),
    type: `sandbox.sweep.${kind}`,
    time: new Date(endedMs).toISOString(),
    datacontenttype: 'application/json',
    data: { ...details, firstDueAt: new Date(firstDueMs).toISOString() },
  };
}

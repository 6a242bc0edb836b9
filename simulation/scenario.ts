import type { CustomerSpec, SettingsChange } from 'partner-center-sandbox/core';
import type { TeardownMode } from '../src/teardown/model/mode.ts';
import type { Choices } from './choices.ts';
import { openQuestions } from './open-questions.ts';
import { type OutsideChanges, outsideChanges } from './outside-changes.ts';
import { customer } from './purchases.ts';
import { type Shield, shieldOf } from './shields.ts';
import { type SweepPlan, sweepPlan } from './sweep-plan.ts';

/** A request, and why it should be stopped or rejected. */
export interface RequestPlan {
  readonly messageId: string;
  /** Its place among the customers; absent for a customer that never existed. */
  readonly customer?: number;
  readonly flaw?: 'malformed';
  readonly dryRun?: boolean;
  readonly expectedDomain?: 'right' | 'wrong';
  readonly minIdle?: true;
  /** Its plan is reviewed before; the customer may change between the review and the request. */
  readonly ifUnchanged?: 'as reviewed' | 'changed since';
  /** The request whose plan this dry run reviews. */
  readonly reviewOf?: string;
  /** There was no request, only a forged check that claims one. */
  readonly forged?: Forged;
}

/** The progress that a forged check claims. */
export interface Forged {
  /** Carried as the request's reason, so that it marks the checks that follow from this one. */
  readonly mark: string;
  readonly attempt: number;
  readonly startedMs: number;
  /** It names a reviewed plan without any real purchase. */
  readonly listsNothing: boolean;
}

export interface Scenario {
  readonly mode: TeardownMode;
  /** The account of the credentials. */
  readonly account: 'sandbox' | 'another-tenant' | 'too-many-customers';
  readonly customers: readonly CustomerSpec[];
  readonly shields: readonly Shield[];
  readonly requests: readonly RequestPlan[];
  readonly sweep?: SweepPlan;
  /** What people and strangers change during the run. */
  readonly outsideChanges: OutsideChanges;
  /** The first request is sent again when Service Bus has forgotten its MessageIds. */
  readonly comesAgain: boolean;
  readonly instances: number;
  /** How the sandbox answers its open questions. */
  readonly settings: SettingsChange;
  /** An answer of Partner Center takes one to four times as long. */
  readonly latencyMs: number;
  /** From then on there are no more faults. */
  readonly troubleMs: number;
  /** The share of steps with a fault, until then. */
  readonly faultInjection: number;
}

/** Younger orders end a request that has `minIdle`. */
export const MIN_IDLE = 'PT12H';
const SHARE_WITH_SWEEP = 0.4;

/** A small world, one of very many. */
export function scenario(choices: Choices): Scenario {
  const sweeps = choices.chance(SHARE_WITH_SWEEP);
  const customers = Array.from({ length: choices.between(1, sweeps ? 3 : 2) }, () =>
    customer(choices),
  );
  const sweep = sweeps ? sweepPlan(customers.length, choices) : undefined;
  const requests = customers
    .flatMap((_, index) => (sweeps && choices.chance(0.7) ? [] : requestsFor(index, choices)))
    .map((plan) => (sweep?.clock.offsetMs ? withoutReview(plan) : plan));
  if (choices.chance(0.04)) requests.push({ messageId: 'malformed', flaw: 'malformed' });
  if (choices.chance(0.04)) requests.push({ messageId: 'nobody' });
  return {
    mode: choices.among(['enforce', 'dry-run', 'off'], 0.9),
    account: choices.among(['sandbox', 'another-tenant', 'too-many-customers'], 0.95),
    customers,
    shields: customers.flatMap((_, index) =>
      choices.chance(0.1) ? [shieldOf(index, choices)] : [],
    ),
    requests,
    ...(sweep && { sweep }),
    outsideChanges: outsideChanges(choices),
    comesAgain: choices.chance(0.03),
    instances: choices.between(1, 2),
    settings: openQuestions(choices),
    latencyMs: 40,
    troubleMs: choices.between(0, 20) * 60_000,
    faultInjection: choices.between(0, 4) * 0.05,
  };
}

function requestsFor(customer: number, choices: Choices): RequestPlan[] {
  const first = requestFor(customer, `teardown-${customer}`, choices);
  return choices.chance(0.1)
    ? [first, requestFor(customer, `teardown-${customer}-again`, choices)]
    : [first];
}

/** A review takes minutes, so the timer could not fire at its exact time. */
function withoutReview({ ifUnchanged: _reviewed, ...plan }: RequestPlan): RequestPlan {
  return plan;
}

function requestFor(customer: number, messageId: string, choices: Choices): RequestPlan {
  const domain = choices.among(['any', 'right', 'wrong'], 0.85);
  const ifUnchanged = choices.among([undefined, 'as reviewed', 'changed since'], 0.88);
  const dryRun = choices.among([undefined, true, false], 0.85);
  return {
    messageId,
    customer,
    ...(dryRun !== undefined && { dryRun }),
    ...(domain !== 'any' && { expectedDomain: domain }),
    ...(choices.chance(0.05) && { minIdle: true }),
    ...(ifUnchanged !== undefined && { ifUnchanged }),
  };
}

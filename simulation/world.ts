import declared from '../infra/service-bus.entities.json' with { type: 'json' };
import { Sandbox } from '../local/partner-center/core/sandbox.ts';
import { Namespace } from '../local/service-bus/core/namespace.ts';
import { parseEntities } from '../local/service-bus/entities.ts';
import { messageIdOf } from '../src/service-bus/message-id.ts';
import type { Choices } from './choices.ts';
import { Effects } from './effects.ts';
import type { FaultKind } from './faults.ts';
import { MIN_IDLE, type RequestPlan, type Scenario } from './scenario.ts';
import { Timeline } from './timeline.ts';

export const REQUESTS = 'teardown-requests';
export const CHECKS = 'teardown-checks';
export const OUTCOMES = 'teardown-outcomes';
export const AUDIT = `${OUTCOMES}/Subscriptions/audit`;
export const deadOf = (path: string): string => `${path}/$DeadLetterQueue`;

/** A tenant id that no seed draws. */
export const ANOTHER_TENANT = 'aaaaaaaa-0000-4000-8000-00000000000a';
export const NOBODY = '00000000-1111-4222-8333-444444444444';
/** More than a sandbox can have. */
const TOO_MANY = 76;

const entities = parseEntities(declared);

/** The stage of one run: the cores of the embedded broker and sandbox, on one simulated clock. */
export class World {
  readonly time = new Timeline();
  readonly effects: Effects;
  readonly choices: Choices;
  readonly scenario: Scenario;
  readonly bus: Namespace;
  readonly sandbox: Sandbox;
  readonly customerIds: string[];
  readonly domains: string[];
  /** The kinds of fault that this run has met. */
  readonly met = new Set<FaultKind>();
  readonly startMs: number;
  /** Fingerprints of plans, by the customer's place. */
  readonly reviewed = new Map<number, string>();
  #ids = 0;

  constructor(choices: Choices, scenario: Scenario, remembers = false) {
    this.effects = new Effects(remembers);
    this.choices = choices;
    this.scenario = scenario;
    this.startMs = this.time.nowMs;
    const nowMs = () => this.time.nowMs;
    this.bus = new Namespace({ entities, nowMs, newId: () => this.newId() });
    this.sandbox = new Sandbox({
      nowMs,
      seed: 1,
      settings: {
        pageSize: 100,
        production: scenario.account === 'too-many-customers',
        refuseEntitlementsToAppOnly: scenario.refusesEntitlements,
        unknownCustomer: scenario.unknownCustomer,
        etagLifetimeMs: scenario.etagLifetimeMs,
      },
    });
    const added = scenario.customers.map((spec) => this.sandbox.addCustomer(spec));
    this.customerIds = added.map(({ customerId }) => customerId);
    this.domains = added.map(({ domain }) => domain);
    if (scenario.account === 'too-many-customers') {
      for (let count = added.length; count < TOO_MANY; count += 1) this.sandbox.addCustomer({});
    }
  }

  get troubled(): boolean {
    return this.time.nowMs < this.startMs + this.scenario.troubleMs;
  }

  /** Whether this goes wrong now; once trouble is over nothing does. */
  happens(kind: FaultKind, probability: number): boolean {
    if (!this.troubled || !this.choices.chance(probability)) return false;
    this.met.add(kind);
    return true;
  }

  newId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  /** Sends a request as another system does. */
  request(plan: RequestPlan): void {
    this.bus.send(REQUESTS, [{ messageId: plan.messageId, body: this.#bodyOf(plan) }]);
  }

  #bodyOf({ flaw, customer, dryRun, expectedDomain, minIdle, ifUnchanged }: RequestPlan): unknown {
    if (flaw === 'malformed') return 'tear down everything';
    return {
      customerTenantId: (customer !== undefined && this.customerIds[customer]) || NOBODY,
      ...(dryRun !== undefined && { dryRun }),
      ...(expectedDomain && {
        expectedDomain:
          expectedDomain === 'wrong' ? 'wrong.onmicrosoft.com' : this.domainOf(customer),
      }),
      ...(minIdle && { minIdle: MIN_IDLE }),
      ...(ifUnchanged && { ifUnchanged: this.#fingerprint(ifUnchanged, customer) }),
    };
  }

  #fingerprint(which: 'right' | 'wrong', customer: number | undefined): string {
    const reviewed = which === 'right' ? this.reviewed.get(customer ?? -1) : undefined;
    return reviewed ?? `sha256:${'0'.repeat(64)}`;
  }

  domainOf(customer: number | undefined): string {
    return this.domains[customer ?? 0] ?? '';
  }
}

/** The outcome's MessageId, for whoever looks for it. */
export const outcomeIdOf = (teardownId: string): string => messageIdOf(teardownId, 'outcome');

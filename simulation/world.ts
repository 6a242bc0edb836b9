import type { Namespace, SendableMessage } from 'local-service-bus/core';
import { type CustomerSpec, Sandbox } from 'partner-center-sandbox/core';
import type { TeardownMode } from '../src/teardown/model/mode.ts';
import type { Choices } from './choices.ts';
import { Effects } from './effects.ts';
import type { FaultKind } from './faults.ts';
import { MIN_IDLE, type RequestPlan, type Scenario } from './scenario.ts';
import { AUDIT, OUTCOMES, REQUESTS, serviceBus } from './service-bus.ts';
import type { Shield } from './shields.ts';
import { NIGHT_MS } from './sweep-plan.ts';
import { Timeline } from './timeline.ts';

/** Stands for the nightly timer, which has no queue. */
export const SWEEP = 'nightlySweep';

/** Tenant ids that no seed draws: of a wrong setting, and of later credentials. */
export const ANOTHER_TENANT = 'aaaaaaaa-0000-4000-8000-00000000000a';
export const LATER_TENANT = 'bbbbbbbb-0000-4000-8000-00000000000b';
export const UNKNOWN_CUSTOMER_ID = '00000000-1111-4222-8333-444444444444';
/** More than a sandbox can have. */
const TOO_MANY = 76;

/** A customer as it was created; its current state is in the sandbox. */
export interface KnownCustomer {
  readonly id: string;
  readonly domain: string;
  readonly spec: CustomerSpec;
  readonly bornMs: number;
}

/** The result of a plan's review. */
export interface Review {
  readonly fingerprint: string;
  /** Whether the customer changed after the review. */
  readonly changed: boolean;
}

/** The world of one run: the cores of the embedded broker and sandbox, on one simulated clock. */
export class World {
  readonly time = new Timeline();
  readonly effects: Effects;
  readonly choices: Choices;
  readonly scenario: Scenario;
  readonly bus: Namespace;
  readonly sandbox: Sandbox;
  /** The account of the later credentials, which has none of these customers. */
  readonly otherAccount: Sandbox;
  readonly customers: KnownCustomer[];
  /** The kinds of fault that this run has met. */
  readonly met = new Set<FaultKind>();
  /** By the MessageId of the request that names the reviewed plan. */
  readonly reviews = new Map<string, Review>();
  /** The current setting. */
  mode: TeardownMode;
  /** The current setting; a new list at each change. */
  shields: readonly Shield[];
  /** Whether the rules of the sweep were emptied. */
  sweepIsEmptied = false;
  /** The tenant of the app's credentials. */
  tenantId: string;
  /** When the faults may begin. */
  startMs = Infinity;
  #ids = 0;

  constructor(choices: Choices, scenario: Scenario, remembers = false) {
    this.effects = new Effects(remembers);
    this.choices = choices;
    this.scenario = scenario;
    this.mode = scenario.mode;
    this.shields = scenario.shields;
    this.time.advanceTo(NIGHT_MS + (scenario.sweep?.clock.offsetMs ?? 0));
    const nowMs = () => this.time.nowMs;
    this.bus = serviceBus(nowMs, () => this.newId());
    this.sandbox = new Sandbox({
      nowMs,
      seed: 1,
      settings: {
        pageSize: 100,
        production: scenario.account === 'too-many-customers',
        ...scenario.settings,
      },
    });
    this.otherAccount = new Sandbox({
      ...{ nowMs, seed: 2, tenantId: LATER_TENANT },
      settings: { pageSize: 100, ...scenario.settings },
    });
    this.tenantId = this.sandbox.tenantId;
    this.customers = [];
    for (const spec of scenario.customers) this.addCustomer(spec);
    if (scenario.account === 'too-many-customers') {
      for (let count = this.customers.length; count < TOO_MANY; count += 1) {
        this.sandbox.addCustomer({});
      }
    }
  }

  addCustomer(spec: CustomerSpec): void {
    const { customerId: id, domain } = this.sandbox.addCustomer(spec);
    this.customers.push({ id, domain, spec, bornMs: this.time.nowMs });
  }

  /** The customer's place, or -1. */
  placeOf(customerId: string): number {
    return this.customers.findIndex(({ id }) => id === customerId);
  }

  get troubled(): boolean {
    const { nowMs } = this.time;
    return nowMs >= this.startMs && nowMs < this.startMs + this.scenario.troubleMs;
  }

  /** Whether this fault happens now; none happens before or after the period of faults. */
  happens(kind: FaultKind, probability: number): boolean {
    if (!this.troubled || !this.choices.chance(probability)) return false;
    this.met.add(kind);
    return true;
  }

  newId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  /** Sends a request as another system does; false if it was dropped as a duplicate. */
  request(plan: RequestPlan): boolean {
    return this.send(REQUESTS, { messageId: plan.messageId, body: this.#bodyOf(plan) });
  }

  /** False if it was dropped as a duplicate. */
  send(entity: string, message: SendableMessage): boolean {
    const before = this.#messagesIn(entity);
    this.bus.send(entity, [message]);
    const taken = this.#messagesIn(entity) > before;
    if (!taken) this.met.add('dropped as a duplicate');
    return taken;
  }

  #messagesIn(entity: string): number {
    const { active, scheduled } = this.bus.counts(entity === OUTCOMES ? AUDIT : entity);
    return active + scheduled;
  }

  #bodyOf({ flaw, messageId, customer, dryRun, expectedDomain, minIdle }: RequestPlan): unknown {
    if (flaw === 'malformed') return 'tear down everything';
    const review = this.reviews.get(messageId);
    const { id = UNKNOWN_CUSTOMER_ID, domain = '' } = this.customers[customer ?? -1] ?? {};
    return {
      customerTenantId: id,
      ...(dryRun !== undefined && { dryRun }),
      ...(expectedDomain && {
        expectedDomain: expectedDomain === 'wrong' ? 'wrong.onmicrosoft.com' : domain,
      }),
      ...(minIdle && { minIdle: MIN_IDLE }),
      ...(review && { ifUnchanged: review.fingerprint }),
    };
  }
}

import type { ServiceBusMessage } from '@azure/service-bus';
import { isGuid } from '../../src/shared/guid.ts';
import { type Invocation, wasHindered } from '../invocation.ts';
import { MIN_IDLE, type RequestPlan } from '../scenario.ts';
import { AUDIT } from '../service-bus.ts';
import type { SweepRule, SweepRun } from '../sweep-plan.ts';
import { occurrenceOf } from '../timer.ts';
import type { World } from '../world.ts';
import { type AsRead, isShielded, readNow } from './as-read.ts';
import { lastWord } from './names.ts';
import type { Broken } from './violations.ts';

const MAX_MESSAGES = 250;
const PLACES = 75;

/** A run of the nightly timer. */
interface Firing {
  readonly firedMs: number;
  readonly id: string;
  readonly asRead: AsRead;
  /** The time since its scheduled occurrence; 0 for a run by hand. */
  readonly lateMs: number;
  readonly requested: string[];
  announced: boolean;
}

/** A customer as the list shows it. */
interface Listed {
  readonly id: string;
  readonly companyProfile: { readonly domain: string };
}

interface SweepBody {
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly reason: string;
    readonly customers: readonly { readonly customerTenantId: string }[];
    readonly firstDueAt: string;
  };
}

/** What a firing should do: the customers to request, or the reason to request none. */
type Verdict = { readonly customers: readonly string[] } | { readonly reason: string };

/** Judges the nightly sweep: which customers it requests, when, under which ids, and its events. */
export class Sweeps {
  readonly #world: World;
  readonly #broken: Broken;
  readonly #firings = new Map<Invocation, Firing>();
  readonly #ended = new Set<string>();

  constructor(world: World, broken: Broken) {
    this.#world = world;
    this.#broken = broken;
  }

  began(invocation: Invocation, why: SweepRun): void {
    const { nowMs } = this.#world.time;
    const dueMs = occurrenceOf(nowMs);
    const isByHand = why === 'by hand';
    this.#firings.set(invocation, {
      firedMs: nowMs,
      id: isByHand ? `sweep-by-hand-${digits(nowMs, 18)}Z` : `sweep-${digits(dueMs, 13)}Z`,
      lateMs: isByHand ? 0 : Math.max(0, nowMs - dueMs),
      asRead: readNow(this.#world),
      requested: [],
      announced: false,
    });
  }

  /** The sweep sent a request: returns the plan of that request. */
  request(invocation: Invocation, message: ServiceBusMessage): RequestPlan | undefined {
    const { messageId, correlationId, body } = message;
    const firing = this.#firings.get(invocation);
    const { customerTenantId = '' } = body as { customerTenantId?: string };
    const name = `The request ${messageId}`;
    if (firing === undefined) {
      this.#broken('I2', `${name} was sent by what is no sweep.`);
      return undefined;
    }
    const verdict = this.#verdict(invocation, firing);
    const { graceMs = 0, spacingMs = 0 } = this.#world.scenario.sweep ?? {};
    const earliestMs = firing.firedMs + graceMs + firing.requested.length * spacingMs;
    const dueMs = message.scheduledEnqueueTimeUtc?.getTime() ?? this.#world.time.nowMs;
    const wanted = `${firing.id}-${customerTenantId}`;
    if ('reason' in verdict) this.#broken('I2', `${name} was sent, although ${verdict.reason}.`);
    else if (!verdict.customers.includes(customerTenantId)) {
      this.#broken('I2', `${name} is for a customer that is not included, or is protected.`);
    }
    if (dueMs < earliestMs) {
      this.#broken('I2', `${name} is due ${earliestMs - dueMs} ms before its time.`);
    }
    if (graceMs > 0 && !firing.announced) this.#broken('I2', `${name} was not announced.`);
    if (messageId !== wanted || correlationId !== wanted) {
      this.#broken('I5', `${name} (${correlationId}) is not named ${wanted}.`);
    }
    firing.requested.push(customerTenantId);
    this.#judgeBody(name, body, firing);
    return {
      messageId: String(messageId),
      customer: this.#world.placeOf(customerTenantId),
      expectedDomain: 'right',
      minIdle: true,
      ...(firing.asRead.mode !== 'enforce' && { dryRun: true }),
    };
  }

  /** A request names the announced domain and a minimum idle time, and allows no more than the mode did then. */
  #judgeBody(name: string, body: unknown, { asRead }: Firing): void {
    const { customerTenantId, expectedDomain, minIdle, dryRun } = body as Readonly<
      Record<string, unknown>
    >;
    const { customers, placeOf } = this.#world;
    const known = customers[placeOf.call(this.#world, String(customerTenantId))];
    const right =
      expectedDomain === known?.domain &&
      minIdle === MIN_IDLE &&
      dryRun === (asRead.mode === 'enforce' ? undefined : true);
    if (!right) this.#broken('I2', `${name} asks for too little: ${JSON.stringify(body)}.`);
  }

  event(invocation: Invocation, { messageId, correlationId, subject, body }: ServiceBusMessage) {
    const firing = this.#firings.get(invocation);
    if (firing === undefined) return;
    const { id, type, data } = body as SweepBody;
    const kind = lastWord(type);
    const names = [messageId, id, correlationId, subject, type].join(' ');
    const right = `${firing.id}:${kind}`;
    if (names !== [right, right, firing.id, kind, `sandbox.sweep.${kind}`].join(' ')) {
      this.#broken('I8', `An event of the sweep is misnamed: ${names}.`);
    }
    const fault = this.#faultOf(kind, data, invocation, firing);
    if (fault !== undefined) this.#broken('I2', `The sweep said ${kind}/${data.reason}: ${fault}.`);
    if (kind === 'announced') firing.announced = true;
  }

  /** A run of the timer ended without a failure. */
  ended(invocation: Invocation): void {
    const firing = this.#firings.get(invocation);
    if (firing !== undefined) this.#ended.add(firing.id);
  }

  /** The events so far have been read. */
  forget(): void {
    this.#ended.clear();
  }

  atEnd(): void {
    const ids = this.#world.bus
      .peek(AUDIT, 0, MAX_MESSAGES)
      .filter(({ content }) => (content.body as SweepBody).type.startsWith('sandbox.sweep.'))
      .map(({ content }) => (content.body as SweepBody).id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) this.#broken('I8', `${twice} was published twice.`);
    for (const id of this.#ended) {
      if (ids.includes(`${id}:completed`) || ids.includes(`${id}:refused`)) continue;
      this.#broken('I4', `${id} came to its end, and nothing says so.`);
    }
  }

  #faultOf(kind: string, data: SweepBody['data'], invocation: Invocation, firing: Firing) {
    const { tenants } = invocation;
    const verdict = this.#verdict(invocation, firing);
    if (data.reason === 'past-due') this.#world.met.add('sweep past due');
    if (kind === 'refused') return this.#refusalProblem(data.reason, verdict, invocation);
    if ('reason' in verdict) return verdict.reason;
    if ([...tenants].some((tenant) => tenant !== this.#world.sandbox.tenantId)) {
      return 'it goes by the account of another tenant';
    }
    const named = data.customers.map(({ customerTenantId }) => customerTenantId);
    if (named.join() !== verdict.customers.join()) return 'it names other customers';
    const { graceMs = 0 } = this.#world.scenario.sweep ?? {};
    if (Date.parse(data.firstDueAt) !== firing.firedMs + graceMs)
      return 'it is due at another time';
    const sent = firing.requested.join();
    if (kind === 'announced') return graceMs > 0 && sent === '' ? undefined : 'that is too late';
    return kind === 'completed' && sent === named.join() ? undefined : 'that is not what it did';
  }

  /** The sweep may refuse because of an unreadable answer, or another tenant. */
  #refusalProblem(reason: string, verdict: Verdict, invocation: Invocation): string | undefined {
    const { met, time } = this.#world;
    if (reason === 'no-answer' && wasHindered(invocation, time.nowMs)) return undefined;
    if (reason === 'not-a-sandbox' && met.has('token of another tenant')) return undefined;
    if (!('reason' in verdict)) return `it should have requested ${verdict.customers.join()}`;
    return verdict.reason === reason ? undefined : `it should have said ${verdict.reason}`;
  }

  #verdict({ reads }: Invocation, { asRead, firedMs, lateMs }: Firing): Verdict {
    const { mode, shields, sweepIsEmptied } = asRead;
    const { account, sweep } = this.#world.scenario;
    const { include = [], maxCustomers = 0, belowFreeSlots = Infinity } = sweep ?? {};
    const { maxPastDueMs = 0 } = sweep ?? {};
    if (mode === 'off') return { reason: 'switched-off' };
    if (include.length === 0 || sweepIsEmptied) return { reason: 'no-rules' };
    if (lateMs > maxPastDueMs) return { reason: 'past-due' };
    if (account !== 'sandbox') return { reason: 'not-a-sandbox' };
    const list = [...reads].find(([path]) => path.startsWith('/customers?'));
    if (list === undefined) return { reason: 'no-answer' };
    const { items } = JSON.parse(list[1]) as { items: readonly Listed[] };
    if (PLACES - items.length >= belowFreeSlots) return { reason: 'enough-slots-free' };
    const customers = items
      .filter((listed) => include.some((rule) => this.#isMeant(rule, listed)))
      .filter(({ id }) => !isShielded(this.#world, shields, this.#world.placeOf(id), firedMs))
      // A request can name no other id.
      .filter(({ id }) => isGuid(id))
      .map(({ id }) => id);
    return customers.length > maxCustomers ? { reason: 'too-many-matches' } : { customers };
  }

  #isMeant(rule: SweepRule, { id, companyProfile: { domain } }: Listed): boolean {
    if (rule.by === 'all') return true;
    const named = this.#world.customers[rule.customer];
    return rule.by === 'id' ? named?.id === id : named?.domain === domain;
  }
}

/** The first digits of a time, as in 20261122T0200. */
function digits(ms: number, count: number): string {
  return new Date(ms).toISOString().replace(/[-:.]/g, '').slice(0, count);
}

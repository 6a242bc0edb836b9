import { gatewayRefuse, type Reply, type SandboxAnswer } from './answer.ts';
import { authenticate, type Caller } from './caller.ts';
import { applyFault, replyInstead } from './fault-effects.ts';
import { type Fault, FaultQueue } from './faults.ts';
import { completeAnswer, identifiersOf, lowerNames } from './headers.ts';
import { settle } from './life-cycle.ts';
import type { Customer } from './model.ts';
import { type Outcome, perform } from './perform.ts';
import { createRandom, type Random } from './random.ts';
import { RecordKeeper, type RequestLog } from './records.ts';
import { Replays } from './replays.ts';
import { findRoute, type Route } from './routes.ts';
import { addPurchase, type PurchaseIds, type Seeding, seedCustomer } from './seed-customer.ts';
import { defaultSettings, type SandboxSettings } from './settings.ts';
import type { CustomerSpec, PurchaseSpec } from './spec.ts';
import { countWrites, customerState, type DeletedCustomer, type SandboxState } from './state.ts';
import { Throttle } from './throttle.ts';

/** Article test-and-debug: "75 customers, 5 subscriptions per customer". */
export const CUSTOMER_QUOTA = 75;
export const SUBSCRIPTION_QUOTA = 5;

export interface SandboxCoreOptions {
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** Decides identifiers, names and delays. Default 1. */
  readonly seed?: number;
  /** The partner's tenant. Default: from the seed. */
  readonly tenantId?: string;
  readonly settings?: Partial<SandboxSettings>;
}

export interface SandboxRequest {
  readonly method: string;
  /** Without the query: `/v1/customers/…`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The JSON value that was sent. */
  readonly body?: unknown;
  /** Why what was sent is not JSON. */
  readonly bodyProblem?: string;
  /** Absent if there was no valid token. */
  readonly caller?: Caller;
}

export interface AddedCustomer {
  readonly customerId: string;
  readonly domain: string;
  readonly purchases: readonly PurchaseIds[];
}

const WRITING = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/**
 * The simulated Partner Center sandbox: a synchronous state machine without sockets or timers. Time and randomness
 * come from outside, so that the same calls at the same times always give the same answers.
 */
export class Sandbox {
  readonly tenantId: string;
  readonly #options: SandboxCoreOptions;
  readonly #faults = new FaultQueue();
  #random: Random;
  #settings: SandboxSettings;
  #customers = new Map<string, Customer>();
  #deleted: DeletedCustomer[] = [];
  #records = new RecordKeeper();
  #replays = new Replays();
  #throttle = new Throttle();
  #sequence = 0;

  constructor(options: SandboxCoreOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed ?? 1);
    const drawn = this.#random.guid();
    this.tenantId = options.tenantId?.toLowerCase() ?? drawn;
    this.#settings = { ...defaultSettings, ...options.settings };
  }

  /** A caller with a valid app-only token, for calls in process. */
  get appOnlyCaller(): Caller {
    return { tenantId: this.tenantId, appOnly: true };
  }

  get settings(): SandboxSettings {
    return this.#settings;
  }

  /** Turns some of the settings; what exists already keeps what was decided when it was seeded. */
  changeSettings(
    change: { readonly [Name in keyof SandboxSettings]?: SandboxSettings[Name] | undefined },
  ): void {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#settings = { ...this.#settings, ...Object.fromEntries(given) };
  }

  /**
   * Seeds a customer.
   *
   * @throws Error with a sentence if a quota is reached, the id is taken, or a purchase is impossible.
   */
  addCustomer(spec: CustomerSpec): AddedCustomer {
    if (!this.#settings.production && this.#customers.size >= CUSTOMER_QUOTA) {
      throw new Error(
        `The sandbox holds ${CUSTOMER_QUOTA} customers, which is its quota: delete some, or use a production account.`,
      );
    }
    const { customer, purchases } = seedCustomer(spec, this.#seeding(this.#sequence + 1));
    this.#requireSubscriptionQuota(customer);
    if (this.#customers.has(customer.id)) {
      throw new Error(`There already is a customer ${customer.id}: choose another id.`);
    }
    this.#sequence += 1;
    this.#customers.set(customer.id, customer);
    return { customerId: customer.id, domain: customer.domain, purchases };
  }

  /**
   * Seeds a purchase of a customer that exists, as when somebody buys while a teardown runs.
   *
   * @throws Error with a sentence if there is no such customer, its quota is reached, or the purchase is impossible.
   */
  addPurchase(customerId: string, spec: PurchaseSpec): PurchaseIds {
    const customer = this.#customers.get(customerId.toLowerCase());
    if (customer === undefined) {
      throw new Error(`There is no customer ${customerId}: add it first.`);
    }
    const added = structuredClone(customer);
    const ids = addPurchase(added, spec, this.#seeding(customer.sequence));
    this.#requireSubscriptionQuota(added);
    this.#customers.set(customer.id, added);
    return ids;
  }

  #seeding(sequence: number): Seeding {
    return {
      nowMs: this.#options.nowMs(),
      random: this.#random,
      settings: this.#settings,
      sequence,
    };
  }

  #requireSubscriptionQuota({ subscriptions }: Customer): void {
    if (this.#settings.production || subscriptions.length <= SUBSCRIPTION_QUOTA) return;
    throw new Error(
      `A sandbox customer has at most ${SUBSCRIPTION_QUOTA} subscriptions, this one would have ${subscriptions.length}: ask for fewer purchases or lines.`,
    );
  }

  /** Orders a fault for a coming request. */
  injectFault(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** The fault ordered for a request that is not the API's own, such as a login; it counts as used. */
  takeFault(target: { method: string; path: string; operation: string }): Fault | undefined {
    return this.#faults.take(target);
  }

  get waitingFaults(): readonly Fault[] {
    return this.#faults.waiting;
  }

  /** Answers one request of the API. Never throws. */
  handle(request: SandboxRequest): SandboxAnswer {
    const nowMs = this.#options.nowMs();
    const headers = lowerNames(request.headers);
    const method = request.method.toUpperCase();
    const found = findRoute(method, request.path);
    const route = typeof found === 'object' ? found : undefined;
    const identifiers = identifiersOf(headers, this.#random);
    const gated = this.#gate(request.caller, nowMs);
    const fault =
      gated === undefined ? this.#faults.take(targetOf(method, request, route)) : undefined;
    const early = gated ?? replyInstead(fault) ?? unknownPath(found);
    const { caller } = request;
    const outcome =
      early === undefined && route !== undefined && caller !== undefined
        ? this.#performOnce({ ...request, method, caller }, route, headers, nowMs)
        : { reply: early ?? notFound, replayed: false };
    this.#records.addRequest({
      ...targetOf(method, request, route),
      atMs: nowMs,
      query: request.query ?? {},
      status: outcome.reply.status,
      isWrite: WRITING.has(method),
      changed: outcome.change !== undefined,
      replayed: outcome.replayed,
      ...identifiers,
      ...(fault === undefined ? {} : { fault: fault.kind }),
    });
    return applyFault(completeAnswer(outcome.reply, identifiers, headers, caller), fault);
  }

  /** A snapshot of everything, as plain JSON. */
  state(): SandboxState {
    const nowMs = this.#options.nowMs();
    for (const customer of this.#customers.values()) settle(customer, nowMs);
    return {
      nowMs,
      tenantId: this.tenantId,
      settings: this.#settings,
      customers: [...this.#customers.values()].map(customerState),
      deletedCustomers: [...this.#deleted],
      writes: this.#records.writes,
      writeCounts: countWrites(this.#records.writes),
    };
  }

  /** Every request to the API, with counts. */
  requests(): RequestLog {
    return this.#records.log;
  }

  /** Forgets everything but the tenant; the seed starts anew and the settings are those of the start. */
  reset(): void {
    this.#random = createRandom(this.#options.seed ?? 1);
    this.#random.guid();
    this.#settings = { ...defaultSettings, ...this.#options.settings };
    this.#customers = new Map();
    this.#deleted = [];
    this.#records = new RecordKeeper();
    this.#replays = new Replays();
    this.#throttle = new Throttle();
    this.#faults.clear();
    this.#sequence = 0;
  }

  #gate(caller: Caller | undefined, nowMs: number): Reply | undefined {
    const refused = authenticate(caller, this.tenantId, nowMs);
    if (refused !== undefined || caller === undefined) return refused;
    return this.#throttle.take(caller.tenantId, this.#settings.requestsPerMinute, nowMs);
  }

  /** A PATCH or POST that comes again with its MS-RequestId gets its first answer and does nothing. */
  #performOnce(
    request: SandboxRequest & { caller: Caller },
    route: Route,
    headers: ReadonlyMap<string, string>,
    nowMs: number,
  ): Outcome & { replayed: boolean } {
    const requestId = headers.get('ms-requestid');
    // After a DELETE the customer is unknown, also to its repetition (INFERRED from the SDK's own retries).
    const repeatable = request.method === 'PATCH' || request.method === 'POST';
    const key = `${requestId} ${request.method} ${request.path.toLowerCase()}`;
    const known = repeatable && requestId ? this.#replays.find(key, nowMs) : undefined;
    if (known !== undefined) return { reply: structuredClone(known), replayed: true };
    const outcome: Outcome = perform(
      {
        route,
        headers,
        query: lowerNames(request.query),
        body: request.body,
        bodyProblem: request.bodyProblem,
        caller: request.caller,
      },
      {
        tenantId: this.tenantId,
        customers: this.#customers,
        deleted: this.#deleted,
        view: { nowMs, settings: this.#settings },
      },
    );
    if (outcome.change === undefined) return { ...outcome, replayed: false };
    if (repeatable && requestId) this.#replays.remember(key, structuredClone(outcome.reply), nowMs);
    this.#records.addWrite({ atMs: nowMs, customerId: route.customerId, ...outcome.change });
    return { ...outcome, replayed: false };
  }
}

const notFound = gatewayRefuse(404, 'Resource not found');

function unknownPath(found: Route | 'wrong-method' | undefined): Reply | undefined {
  if (found === undefined) return notFound;
  return found === 'wrong-method'
    ? gatewayRefuse(405, 'The requested resource does not support this method.')
    : undefined;
}

function targetOf(method: string, { path }: SandboxRequest, route: Route | undefined) {
  return {
    method,
    path,
    ...(route === undefined ? {} : { operation: route.operation }),
    ...(route === undefined || route.customerId === '' ? {} : { customerId: route.customerId }),
  };
}

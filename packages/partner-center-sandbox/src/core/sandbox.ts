import { Account, type AddedCustomer } from './account.ts';
import { type Reply, type SandboxAnswer, withDescription, withNumericCode } from './answer.ts';
import { audienceIn, authenticate, type Caller } from './caller.ts';
import { hasDomain } from './domains.ts';
import { type Elsewhere, nowhere } from './elsewhere.ts';
import { applyFault, replyInstead } from './fault-effects.ts';
import { type Fault, FaultQueue } from './faults.ts';
import { completeAnswer, identifiersOf, lowerNames } from './headers.ts';
import { settle } from './life-cycle.ts';
import { type Outcome, perform } from './perform.ts';
import { createRandom, type Random } from './random.ts';
import { RecordKeeper, type RequestLog } from './records.ts';
import { Replays } from './replays.ts';
import { findRoute, type Route } from './routes.ts';
import type { PurchaseIds } from './seeding.ts';
import {
  defaultSettings,
  type SandboxSettings,
  type SettingsChange,
  withSettings,
} from './settings.ts';
import type { CustomerSpec, PurchaseSpec } from './spec.ts';
import { contracted } from './spelling.ts';
import { countWrites, customerState, type SandboxState } from './state.ts';
import { Throttle } from './throttle.ts';
import { emptyId, unserved } from './unserved.ts';

export { CUSTOMER_QUOTA, SUBSCRIPTION_QUOTA } from './quotas.ts';

export interface SandboxCoreOptions {
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** Decides identifiers, names and delays. Default 1. */
  readonly seed?: number;
  /** The partner's tenant. Default: from the seed. */
  readonly tenantId?: string;
  readonly settings?: SettingsChange;
  /** What other accounts hold. Default: there are none. */
  readonly elsewhere?: Elsewhere;
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
  /** What was sent twice and can be there once. */
  readonly repeated?: string;
  /** Absent if there was no valid token. */
  readonly caller?: Caller;
}

const IDENTIFIER_SEED_OFFSET = 0x1d;
const WRITING = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/**
 * The simulated Partner Center sandbox: a synchronous state machine without sockets or timers. Time and randomness
 * come from outside, so that the same calls at the same times always give the same answers.
 */
export class Sandbox implements Elsewhere {
  readonly tenantId: string;
  readonly #options: SandboxCoreOptions;
  readonly #faults = new FaultQueue();
  /** Apart from the seeding, so that what is seeded does not depend on the requests before. */
  readonly #identifierRandom: Random;
  #random: Random;
  #settings: SandboxSettings;
  #account: Account;
  #records = new RecordKeeper();
  #replays = new Replays();
  #throttle = new Throttle();

  constructor(options: SandboxCoreOptions) {
    this.#options = options;
    this.#identifierRandom = createRandom((options.seed ?? 1) + IDENTIFIER_SEED_OFFSET);
    this.#random = createRandom(options.seed ?? 1);
    const drawn = this.#random.guid();
    this.tenantId = options.tenantId?.toLowerCase() ?? drawn;
    this.#settings = withSettings(defaultSettings, options.settings ?? {});
    this.#account = this.#createAccount();
  }

  /** A caller with a valid app-only token, for calls in process. */
  get appOnlyCaller(): Caller {
    return { tenantId: this.tenantId, appOnly: true };
  }

  get settings(): SandboxSettings {
    return this.#settings;
  }

  /** Turns some of the settings; what exists already keeps what was decided when it was seeded. */
  changeSettings(change: SettingsChange): void {
    this.#settings = withSettings(this.#settings, change);
  }

  /**
   * Seeds a customer.
   *
   * @throws Error with a sentence if a quota is reached, the id is taken, or a purchase is impossible.
   */
  addCustomer(spec: CustomerSpec): AddedCustomer {
    return this.#account.addCustomer(spec);
  }

  /**
   * Seeds a purchase of a customer that exists, as in a purchase while a teardown runs.
   *
   * @throws Error with a sentence if there is no such customer, its quota is reached, or the purchase is impossible.
   */
  addPurchase(customerId: string, spec: PurchaseSpec): PurchaseIds {
    return this.#account.addPurchase(customerId, spec);
  }

  /** Whether the account has this customer. */
  hasCustomer(customerId: string): boolean {
    return this.#account.customers.has(customerId.toLowerCase());
  }

  /** Whether the account, or one of its customers, has this domain. */
  hasDomain(domain: string): boolean {
    const { customers, deleted } = this.#account;
    const { deletedDomains } = this.#settings;
    return hasDomain(domain, this.tenantId, customers.values(), deleted, deletedDomains);
  }

  /**
   * Makes an Azure subscription active under a plan, as a user of the Azure portal may: that one, or a new one.
   *
   * @returns its id.
   * @throws Error with a sentence if there is no such customer, no such active plan, or no such Azure subscription.
   */
  activateAzureSubscription(
    customerId: string,
    subscriptionId: string,
    entitlementId?: string,
  ): string {
    return this.#account.activateAzureSubscription(customerId, subscriptionId, entitlementId);
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
    const identifiers = identifiersOf(headers, this.#identifierRandom);
    const gated = this.#gate(request.caller, nowMs);
    const fault =
      gated === undefined ? this.#faults.take(targetOf(method, request, route)) : undefined;
    const early = gated ?? replyInstead(fault) ?? unserved(method, request.path, found);
    const { caller } = request;
    const outcome =
      early === undefined && route !== undefined && caller !== undefined
        ? this.#performOnce({ ...request, method, caller }, route, headers, nowMs)
        : { reply: early ?? emptyId, replayed: false };
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
    const reply = worded(outcome.reply, this.#settings);
    return applyFault(completeAnswer(reply, identifiers, headers, caller), fault);
  }

  /** A snapshot of everything, as plain JSON. */
  state(): SandboxState {
    const nowMs = this.#options.nowMs();
    for (const customer of this.#account.customers.values()) settle(customer, nowMs);
    return {
      nowMs,
      tenantId: this.tenantId,
      settings: this.#settings,
      customers: [...this.#account.customers.values()].map(customerState),
      deletedCustomers: [...this.#account.deleted],
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
    this.#settings = withSettings(defaultSettings, this.#options.settings ?? {});
    this.#account = this.#createAccount();
    this.#records = new RecordKeeper();
    this.#replays = new Replays();
    this.#throttle = new Throttle();
    this.#faults.clear();
  }

  #createAccount(): Account {
    return new Account({
      nowMs: this.#options.nowMs,
      random: this.#random,
      settings: () => this.#settings,
    });
  }

  #gate(caller: Caller | undefined, nowMs: number): Reply | undefined {
    const audience = audienceIn(this.#settings.cloud);
    const refused = authenticate(caller, this.tenantId, nowMs, audience);
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
    const known =
      repeatable && requestId ? this.#replays.find(key, request.body, nowMs) : undefined;
    if (known !== undefined) return { reply: known, replayed: true };
    const outcome: Outcome = perform(
      {
        route,
        headers,
        query: lowerNames(request.query),
        body: request.body,
        bodyProblem: request.bodyProblem,
        repeated: request.repeated,
        caller: request.caller,
      },
      {
        tenantId: this.tenantId,
        customers: this.#account.customers,
        deleted: this.#account.deleted,
        elsewhere: this.#options.elsewhere ?? nowhere,
        view: { nowMs, settings: this.#settings },
      },
    );
    if (outcome.change === undefined) return { ...outcome, replayed: false };
    if (repeatable && requestId) {
      this.#replays.remember(key, request.body, outcome.reply, nowMs);
    }
    this.#records.addWrite({ atMs: nowMs, customerId: route.customerId, ...outcome.change });
    return { ...outcome, replayed: false };
  }
}

/** Refusals with codes and texts as the settings have them. */
function worded(reply: Reply, { codesAre, textsUse }: SandboxSettings): Reply {
  if (reply.status < 400) return reply;
  const coded = codesAre === 'number' ? withNumericCode(reply) : reply;
  return textsUse === 'contractions' ? withDescription(coded, contracted) : coded;
}

function targetOf(method: string, { path }: SandboxRequest, route: Route | undefined) {
  return {
    method,
    path,
    ...(route === undefined ? {} : { operation: route.operation }),
    ...(route === undefined || route.customerId === '' ? {} : { customerId: route.customerId }),
  };
}

import type { SandboxAnswer } from './answer.ts';
import { Sandbox, type SandboxCoreOptions, type SandboxRequest } from './sandbox.ts';

/** More than any test needs. */
const MAX_ACCOUNTS = 10;

/**
 * Several partner accounts side by side, such as a sandbox and the production account of the same partner: each has
 * its own tenant, customers, quota and settings, and knows of the others only that a customer or domain is theirs.
 */
export class Accounts {
  readonly #byTenant = new Map<string, Sandbox>();
  readonly #create: (options: SandboxCoreOptions) => Sandbox;

  /** @param create makes the accounts; if left out, plain ones. */
  constructor(create = (options: SandboxCoreOptions): Sandbox => new Sandbox(options)) {
    this.#create = create;
  }

  /**
   * Adds an account.
   *
   * @throws Error with a sentence if its tenant is taken or there are too many.
   */
  add(options: Omit<SandboxCoreOptions, 'elsewhere'>): Sandbox {
    const others = () => this.all.filter((one) => one !== added);
    const added = this.#create({
      ...options,
      elsewhere: {
        hasCustomer: (customerId) => others().some((one) => one.hasCustomer(customerId)),
        hasDomain: (domain) => others().some((one) => one.hasDomain(domain)),
      },
    });
    if (this.#byTenant.has(added.tenantId)) {
      throw new Error(`There already is an account ${added.tenantId}: choose another tenant.`);
    }
    if (this.#byTenant.size >= MAX_ACCOUNTS) {
      throw new Error(`There already are ${MAX_ACCOUNTS} accounts, which is all there can be.`);
    }
    this.#byTenant.set(added.tenantId, added);
    return added;
  }

  /** In the order in which they came. */
  get all(): readonly Sandbox[] {
    return [...this.#byTenant.values()];
  }

  /** Answers one request as the account of its caller; the first account refuses whoever belongs to none. */
  handle(request: SandboxRequest): SandboxAnswer {
    const [first] = this.all;
    if (first === undefined) throw new Error('There is no account: add one.');
    const own = this.#byTenant.get(request.caller?.tenantId ?? '');
    return (own ?? first).handle(request);
  }
}

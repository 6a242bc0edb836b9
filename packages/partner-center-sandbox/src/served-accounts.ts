import type { Clock } from '@sandbox-teardown/shared/clock';
import { Accounts } from './core/accounts.ts';
import type { SandboxAnswer } from './core/answer.ts';
import type { Caller } from './core/caller.ts';
import { createRandom } from './core/random.ts';
import { Sandbox, type SandboxRequest } from './core/sandbox.ts';
import type { SettingsChange } from './core/settings.ts';
import { JournalledSandbox } from './journalled-sandbox.ts';
import { LoginService } from './login/login-service.ts';
import type { FederatedCredential } from './login/registration.ts';

/** An account of a partner; everything has a default that the seed decides. */
export interface AccountOptions {
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** For instance `{ production: true }`. */
  readonly settings?: SettingsChange;
  /** Certificates or public keys in PEM that may sign client assertions. */
  readonly certificates?: readonly string[];
  readonly federatedCredentials?: readonly FederatedCredential[];
  /** How long access tokens live. Default 3600. */
  readonly tokenLifetimeSeconds?: number;
}

/** An account as the listeners serve it. */
export interface ServedAccount {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its core, for tests in the same process. */
  readonly sandbox: Sandbox;
  /** Its login endpoint's core: refresh tokens, device sign-ins. */
  readonly login: LoginService;
}

const SECRET_LENGTH = 40;
const SECRET_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_.-';
/** Login and sandbox draw from the same seed without drawing the same numbers. */
const LOGIN_SEED_OFFSET = 0x10_61;
/** Accounts are not alike either. */
const ACCOUNT_SEED_STEP = 0x51_7e;

/** The accounts behind one set of listeners, each with an application that may sign in to it; the first always is there. */
export class ServedAccounts {
  readonly first: ServedAccount;
  readonly #core: Accounts;
  readonly #journalPath: string | undefined;
  readonly #served: ServedAccount[] = [];
  readonly #clock: Clock;
  readonly #seed: number;

  /** @throws JournalError if there is a journal that cannot be used. */
  constructor(
    clock: Clock,
    seed: number,
    first: AccountOptions & { readonly journalPath?: string },
  ) {
    this.#clock = clock;
    this.#seed = seed;
    const { journalPath } = first;
    this.#journalPath = journalPath;
    this.#core = new Accounts((options) =>
      journalPath === undefined
        ? new Sandbox(options)
        : JournalledSandbox.open(options, journalPath),
    );
    this.first = this.add(first);
  }

  /** @throws Error with a sentence if its tenant is taken or there are too many. */
  add(options: AccountOptions): ServedAccount {
    // What one account answers may depend on another, and a journal is of one.
    if (this.#journalPath !== undefined && this.#served.length > 0) {
      throw new Error('A sandbox with a journal has one account: start it without, for another.');
    }
    const seed = this.#seed + this.#served.length * ACCOUNT_SEED_STEP;
    const nowMs = () => this.#clock.nowMs();
    const { tenantId, settings = {}, certificates = [], federatedCredentials = [] } = options;
    const sandbox = this.#core.add({
      nowMs,
      seed,
      settings,
      ...(tenantId === undefined ? {} : { tenantId }),
    });
    const random = createRandom(seed + LOGIN_SEED_OFFSET);
    const clientId = options.clientId ?? random.guid();
    const clientSecret = options.clientSecret ?? random.text(SECRET_LENGTH, SECRET_ALPHABET);
    const identity = { tenantId: sandbox.tenantId, clientId, clientSecret };
    const { tokenLifetimeSeconds } = options;
    const login = new LoginService({
      registration: { ...identity, certificates, federatedCredentials },
      nowMs,
      random,
      cloud: () => sandbox.settings.cloud,
      ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
    });
    const served = { ...identity, sandbox, login };
    this.#served.push(served);
    return served;
  }

  /** Ends the journal, if there is one. */
  close(): void {
    const { sandbox } = this.first;
    if (sandbox instanceof JournalledSandbox) sandbox.close();
  }

  /** In the order in which they came. */
  get all(): readonly ServedAccount[] {
    return this.#served;
  }

  byTenant(tenantId: string): ServedAccount | undefined {
    return this.#served.find((account) => account.tenantId === tenantId.toLowerCase());
  }

  /** Whom a request to the login endpoint is for: its path names the tenant, or else its application is registered for it. */
  forLogin(path: string, clientId: string | null): ServedAccount {
    const [, tenant = ''] = path.split('/');
    return (
      this.byTenant(tenant) ??
      this.#served.find((account) => account.clientId === clientId) ??
      this.first
    );
  }

  /** Who calls the API with this `Authorization` header; `undefined` if it is not known. */
  callerOf(authorization: string | undefined): Caller | undefined {
    for (const { login } of this.#served) {
      const caller = login.callerOf(authorization);
      if (caller !== undefined) return caller;
    }
    return undefined;
  }

  /** Answers a request of the API as the account of its caller. */
  handle(request: SandboxRequest): SandboxAnswer {
    return this.#core.handle(request);
  }
}

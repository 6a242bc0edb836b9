import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@sandbox-teardown/shared/clock';
import { createApiServer } from './api-server.ts';
import { createCertificate } from './certificate.ts';
import { createControlServer } from './control-server.ts';
import type { SettingsChange } from './core/settings.ts';
import { listen } from './http-shell.ts';
import { createLoginServer } from './login-server.ts';
import { type AccountOptions, type ServedAccount, ServedAccounts } from './served-accounts.ts';

/** Everything has a sensible default. */
export interface SandboxOptions extends AccountOptions {
  readonly clock?: Clock;
  /** Decides every identifier, secret and delay. Default 1. */
  readonly seed?: number;
  /** The credentials belong to a production account. */
  readonly production?: boolean;
  readonly requestsPerMinute?: number;
  /** Most customers on one page of the list. */
  readonly pageSize?: number;
  readonly refuseEntitlementsToAppOnly?: boolean;
  /** Ports on 127.0.0.1. Default 0: free ones. */
  readonly apiPort?: number;
  readonly loginPort?: number;
  readonly controlPort?: number;
  /** Keeps what happens in the sandbox in a file, from one start to the next; it has no other account beside it then. */
  readonly journalPath?: string;
  /** Gets a line when the sandbox starts and when it ends. */
  readonly log?: (line: string) => void;
}

/** The listeners, and the account that was asked for: `tenantId`, `clientId`, `clientSecret` and its cores. */
export interface SandboxServer extends ServedAccount {
  /** `http://127.0.0.1:PORT`; the API's paths begin with `/v1`. */
  readonly apiUrl: string;
  /** `https://127.0.0.1:PORT`, with a certificate that signs itself. */
  readonly loginUrl: string;
  /** `http://127.0.0.1:PORT`: the control surface for tests. */
  readonly controlUrl: string;
  /** What the control surface wants to see: another one at every start. */
  readonly controlToken: string;
  /** To be trusted by clients of `loginUrl`, for instance through `NODE_EXTRA_CA_CERTS`. */
  readonly certificatePem: string;
  /**
   * Adds another account behind the same addresses, such as the partner's production account, with customers of its own.
   *
   * @throws Error with a sentence if its tenant is taken or there are too many.
   */
  addAccount(options?: AccountOptions): ServedAccount;
  /** Ends all listeners and every open connection. */
  close(): Promise<void>;
}

const TOKEN_BYTES = 32;

/**
 * Starts a simulated Partner Center sandbox: API, login endpoint and control surface, each on its own port of 127.0.0.1.
 *
 * @throws Error if a port is taken.
 * @throws JournalError if there is a journal that cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<SandboxServer> {
  const { clock = systemClock, seed = 1, log = () => undefined } = options;
  const accounts = new ServedAccounts(clock, seed, {
    ...options,
    settings: settingsOf(options),
  });
  const https = await createCertificate();
  // Not from the seed, which everybody knows.
  const controlToken = randomBytes(TOKEN_BYTES).toString('base64url');
  const servers = [
    createApiServer(accounts, clock),
    createLoginServer({ accounts, clock, https }),
    createControlServer(accounts, clock, controlToken),
  ] as const;
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    accounts.close();
    log('The simulated sandbox has ended.');
  };
  try {
    const apiUrl = await listen(servers[0], options.apiPort ?? 0);
    const loginUrl = await listen(servers[1], options.loginPort ?? 0);
    const controlUrl = await listen(servers[2], options.controlPort ?? 0);
    log(
      `The simulated sandbox is at ${apiUrl}, its login at ${loginUrl}, its control at ${controlUrl}.`,
    );
    return {
      apiUrl,
      loginUrl,
      controlUrl,
      controlToken,
      certificatePem: https.cert,
      ...accounts.first,
      addAccount: (more = {}) => accounts.add(more),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function settingsOf(options: SandboxOptions): SettingsChange {
  const { production, requestsPerMinute, pageSize, refuseEntitlementsToAppOnly } = options;
  return {
    ...options.settings,
    ...(production === undefined ? {} : { production }),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(refuseEntitlementsToAppOnly === undefined ? {} : { refuseEntitlementsToAppOnly }),
  };
}

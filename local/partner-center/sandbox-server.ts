import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import { createApiServer } from './api-server.ts';
import { createCertificate } from './certificate.ts';
import { createControlServer } from './control-server.ts';
import { createRandom } from './core/random.ts';
import { Sandbox, type SandboxCoreOptions } from './core/sandbox.ts';
import type { SandboxSettings } from './core/settings.ts';
import { listen } from './http-shell.ts';
import { JournalledSandbox } from './journalled-sandbox.ts';
import { LoginService } from './login/login-service.ts';
import type { FederatedCredential } from './login/registration.ts';
import { createLoginServer } from './login-server.ts';

/** Everything has a sensible default. */
export interface SandboxOptions {
  readonly clock?: Clock;
  /** Decides every identifier, secret and delay. Default 1. */
  readonly seed?: number;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** The credentials belong to a production account. */
  readonly production?: boolean;
  readonly requestsPerMinute?: number;
  /** Most customers on one page of the list. */
  readonly pageSize?: number;
  readonly refuseEntitlementsToAppOnly?: boolean;
  /** Any of the other settings. */
  readonly settings?: Partial<SandboxSettings>;
  /** Certificates or public keys in PEM that may sign client assertions. */
  readonly certificates?: readonly string[];
  readonly federatedCredentials?: readonly FederatedCredential[];
  /** How long access tokens live. Default 3600. */
  readonly tokenLifetimeSeconds?: number;
  /** Ports on 127.0.0.1. Default 0: free ones. */
  readonly apiPort?: number;
  readonly loginPort?: number;
  readonly controlPort?: number;
  /** Keeps what happens in the sandbox in a file, from one start to the next. */
  readonly journalPath?: string;
  /** Gets a line when the sandbox starts and when it ends. */
  readonly log?: (line: string) => void;
}

export interface SandboxServer {
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
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The core, for tests in the same process. */
  readonly sandbox: Sandbox;
  /** The login endpoint's core: refresh tokens, device sign-ins. */
  readonly login: LoginService;
  /** Ends all listeners and every open connection. */
  close(): Promise<void>;
}

const TOKEN_BYTES = 32;
const SECRET_LENGTH = 40;
const SECRET_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_.-';
/** Login and sandbox draw from the same seed without drawing the same numbers. */
const LOGIN_SEED_OFFSET = 0x10_61;

/**
 * Starts a simulated Partner Center sandbox: API, login endpoint and control surface, each on its own port of 127.0.0.1.
 *
 * @throws Error if a port is taken.
 * @throws JournalError if there is a journal that cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<SandboxServer> {
  const { clock = systemClock, seed = 1, log = () => undefined } = options;
  const nowMs = () => clock.nowMs();
  const random = createRandom(seed + LOGIN_SEED_OFFSET);
  const sandbox = openSandbox(options.journalPath, {
    nowMs,
    seed,
    ...(options.tenantId === undefined ? {} : { tenantId: options.tenantId }),
    settings: settingsOf(options),
  });
  const clientId = options.clientId ?? random.guid();
  const clientSecret = options.clientSecret ?? random.text(SECRET_LENGTH, SECRET_ALPHABET);
  const { certificates = [], federatedCredentials = [], tokenLifetimeSeconds } = options;
  const login = new LoginService({
    registration: {
      tenantId: sandbox.tenantId,
      clientId,
      clientSecret,
      certificates,
      federatedCredentials,
    },
    nowMs,
    random,
    cloud: () => sandbox.settings.cloud,
    ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
  });
  const https = await createCertificate();
  // Not from the seed, which everybody knows.
  const controlToken = randomBytes(TOKEN_BYTES).toString('base64url');
  const servers = [
    createApiServer(sandbox, login, clock),
    createLoginServer({ sandbox, login, clock, https }),
    createControlServer(sandbox, login, clock, controlToken),
  ] as const;
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    if (sandbox instanceof JournalledSandbox) sandbox.close();
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
      tenantId: sandbox.tenantId,
      clientId,
      clientSecret,
      sandbox,
      login,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openSandbox(path: string | undefined, options: SandboxCoreOptions): Sandbox {
  return path === undefined ? new Sandbox(options) : JournalledSandbox.open(options, path);
}

function settingsOf(options: SandboxOptions): Partial<SandboxSettings> {
  const { production, requestsPerMinute, pageSize, refuseEntitlementsToAppOnly } = options;
  return {
    ...options.settings,
    ...(production === undefined ? {} : { production }),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(refuseEntitlementsToAppOnly === undefined ? {} : { refuseEntitlementsToAppOnly }),
  };
}

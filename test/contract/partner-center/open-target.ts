import { inject } from 'vitest';
import { startSandbox } from '../../../local/partner-center/sandbox-server.ts';
import { type CloudName, cloudNames, clouds } from './clouds.ts';
import { fetchToken } from './fetch-token.ts';
import { requireSandbox } from './require-sandbox.ts';
import { describeTarget, readTarget, requireTenant } from './settings.ts';

/** A Partner Center that answers, real or simulated. */
export interface Contract {
  /** Where the suite runs, for people. */
  readonly line: string;
  readonly customerId: string;
  readonly writesCustomerId: string | undefined;
  /** May the suite use up the requests of a minute? */
  readonly mayThrottle: boolean;
  /** Is everything that the suite cancels cancelled at once? */
  readonly cancelsAtOnce: boolean;
  call(method: string, path: string, more?: CallOptions): Promise<Response>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the suite's own. */
  readonly token?: string;
}

const TIMEOUT_MS = 60_000;

interface Simulated {
  readonly cloud: CloudName;
  readonly asPerson: boolean;
}

const simulated: readonly Simulated[] = cloudNames.flatMap((cloud) =>
  [false, true].map((asPerson) => ({ cloud, asPerson })),
);

/**
 * Connects to what the environment names: one real sandbox, or simulated ones for each cloud and kind of credentials.
 *
 * @throws Error if the environment is not conclusive, the token is not of the tenant that was named, or the suite is to
 *   write and the account is too big for a sandbox.
 */
export async function openContracts(): Promise<readonly Contract[]> {
  const target = readTarget(process.env, inject('contractSuites'));
  const line = describeTarget(target);
  console.log(line);
  if (target.kind === 'simulated') return Promise.all(simulated.map(openSimulated));
  const { customerId, writesCustomerId, mayThrottle, tenantId } = target;
  const { apiUrl, loginUrl, resource } = clouds[target.cloud];
  const token = await fetchToken({ ...target, loginUrl, resource });
  requireTenant(token, tenantId);
  const call = caller(apiUrl, token);
  if (writesCustomerId !== undefined) await requireSandbox(call);
  const close = () => Promise.resolve();
  return [{ line, customerId, writesCustomerId, mayThrottle, cancelsAtOnce: false, close, call }];
}

async function openSimulated({ cloud, asPerson }: Simulated): Promise<Contract> {
  const server = await startSandbox({
    settings: { cloud, cancelTakesMs: { lowest: 0, highest: 0 } },
  });
  const customer = () =>
    server.sandbox.addCustomer({
      purchases: [
        { kind: 'reservation', nested: 1 },
        { kind: 'perpetual-software', lines: 2 },
        { kind: 'software-subscription' },
        { kind: 'new-commerce' },
        { kind: 'saas' },
        { kind: 'azure-plan' },
        { kind: 'licence' },
      ],
    }).customerId;
  const { resource } = clouds[cloud];
  const refreshToken = asPerson ? { refreshToken: server.login.issueRefreshToken() } : {};
  const token = await fetchToken({ ...server, resource, ...refreshToken });
  requireTenant(token, server.tenantId);
  return {
    line: `the simulated sandbox, ${cloud}, ${asPerson ? 'App+User' : 'App-only'}`,
    customerId: customer(),
    writesCustomerId: customer(),
    mayThrottle: true,
    cancelsAtOnce: true,
    close: () => server.close(),
    call: caller(server.apiUrl, token),
  };
}

function caller(apiUrl: string, ownToken: string): Contract['call'] {
  return (method, path, { body, headers = {}, token = ownToken } = {}) =>
    fetch(`${apiUrl}/v1${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

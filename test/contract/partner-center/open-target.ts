import { request } from 'node:https';
import { startSandbox } from '../../../local/partner-center/sandbox-server.ts';
import { describeTarget, readTarget, requireTenant } from './settings.ts';

/** A Partner Center that answers, real or simulated. */
export interface Contract {
  /** Where the suite runs, for people. */
  readonly line: string;
  readonly customerId: string;
  readonly writesCustomerId: string | undefined;
  call(method: string, path: string, more?: CallOptions): Promise<Response>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the suite's own. */
  readonly token?: string;
}

interface Connection {
  readonly apiUrl: string;
  readonly loginUrl: string;
  readonly certificatePem?: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const RESOURCE = 'https://api.partnercenter.microsoft.com';
const LOGIN = 'https://login.microsoftonline.com';
const TIMEOUT_MS = 60_000;

/**
 * Connects to what the environment names.
 *
 * @throws Error if the environment is not conclusive, or the token is not of the tenant that was named.
 */
export async function openContract(): Promise<Contract> {
  const target = readTarget(process.env);
  const line = describeTarget(target);
  console.log(line);
  if (target.kind === 'real') {
    const token = await fetchToken({ ...target, apiUrl: RESOURCE, loginUrl: LOGIN });
    requireTenant(token, target.tenantId);
    const { customerId, writesCustomerId } = target;
    const close = () => Promise.resolve();
    return { line, customerId, writesCustomerId, close, call: caller(RESOURCE, token) };
  }
  const server = await startSandbox({ settings: { cancelTakesMs: { lowest: 0, highest: 0 } } });
  const customer = () =>
    server.sandbox.addCustomer({
      purchases: [
        { kind: 'reservation', nested: 1 },
        { kind: 'perpetual-software', lines: 2 },
        { kind: 'new-commerce' },
        { kind: 'azure-plan' },
        { kind: 'licence' },
      ],
    }).customerId;
  const token = await fetchToken(server);
  requireTenant(token, server.tenantId);
  return {
    line,
    customerId: customer(),
    writesCustomerId: customer(),
    close: () => server.close(),
    call: caller(server.apiUrl, token),
  };
}

/** The documented request, article deprecate-azure-active-directory-graph-token. */
function fetchToken(connection: Connection): Promise<string> {
  const { loginUrl, tenantId, clientId, clientSecret, certificatePem } = connection;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    resource: RESOURCE,
    client_id: clientId,
    client_secret: clientSecret,
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${loginUrl}/${tenantId}/oauth2/token`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        timeout: TIMEOUT_MS,
        ...(certificatePem === undefined ? {} : { ca: certificatePem }),
      },
      async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        const token = /"access_token"\s*:\s*"([^"]+)"/.exec(text)?.[1];
        if (token === undefined) {
          reject(new Error(`The login endpoint answered ${response.statusCode} and no token.`));
        } else {
          resolve(token);
        }
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('The login endpoint did not answer in time.')));
    sent.end(form.toString());
  });
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

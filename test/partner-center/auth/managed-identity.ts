import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';
const VAULT_AUDIENCE = 'https://vault.azure.net';

interface Identity {
  readonly clientId: string;
  readonly subject: string;
  readonly vaultToken: string;
  /** The resources that were asked for. */
  readonly asked: string[];
}

/**
 * The identity endpoint that App Service and Functions offer their apps ("REST endpoint reference" of
 * managed identities). One for a whole process, and a new identity for every test, because the library
 * remembers the endpoint, and the tokens of each identity, for as long as the process lives.
 */
export async function startIdentityEndpoint() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const issuer = 'https://login.test/tenant/v2.0';
  const header = randomUUID();
  const identities = new Map<string, Identity>();

  const assertion = (subject: string, seconds: number): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: issuer, sub: subject, aud: EXCHANGE_AUDIENCE, exp: seconds };
    const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
  };

  const answer = (query: URLSearchParams, headers: IncomingHttpHeaders) => {
    const resource = query.get('resource') ?? '';
    const identity = identities.get(query.get('client_id') ?? '');
    identity?.asked.push(resource);
    const known = [EXCHANGE_AUDIENCE, VAULT_AUDIENCE].includes(resource);
    if (headers['x-identity-header'] !== header || identity === undefined || !known) {
      return { status: 400, body: { statusCode: 400, message: 'No such identity or resource.' } };
    }
    const seconds = Math.floor(Date.now() / 1_000) + 3_600;
    const token =
      resource === VAULT_AUDIENCE ? identity.vaultToken : assertion(identity.subject, seconds);
    const body = {
      access_token: token,
      expires_on: String(seconds),
      resource,
      token_type: 'Bearer',
      client_id: identity.clientId,
    };
    return { status: 200, body };
  };

  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const { status, body } = answer(searchParams, request.headers);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    /** What App Service sets for its apps. */
    environment: { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: header },
    /** A new user-assigned identity, and what an application must know of it to trust it. */
    addIdentity(vaultToken: string) {
      const [clientId, subject] = [randomUUID(), randomUUID()];
      const identity: Identity = { clientId, subject, vaultToken, asked: [] };
      identities.set(clientId, identity);
      return { ...identity, federated: { issuer, subject, publicKeyPem } };
    },
    close: () => void server.close().closeAllConnections(),
    /** The process may end without it. */
    unref: () => void server.unref(),
  };
}

import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, type Server, Socket } from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { clouds } from '../../src/partner-center/clouds.ts';

/** Where nothing of ours may ever go. */
export const EVIL_HOST = 'evil.example';
export const VAULT_NAME = 'contoso';

export interface CloudRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

export interface CloudAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Answers = (request: CloudRequest) => CloudAnswer;

const hosts = Object.values(clouds).flatMap((cloud) => [
  ...[cloud.apiUrl, cloud.loginUrl, ...cloud.otherLoginUrls].map((url) => new URL(url).hostname),
  `${VAULT_NAME}.${cloud.keyVaultDomain}`,
]);

/**
 * Every host there is, played by one server on this machine: each connection this process opens, whatever
 * its name, ends there, with a certificate that holds for all of them. Records which names were asked for.
 */
export async function hostileCloud() {
  const names = [...new Set([...hosts, EVIL_HOST])];
  const { cert, private: key } = await generate([{ name: 'commonName', value: EVIL_HOST }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  tls.setDefaultCACertificates([cert]);
  let answers: Answers = () => ({ status: 500 });
  const state = { contacted: new Set<string>(), requests: [] as CloudRequest[] };
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen = {
        host: request.headers.host ?? '',
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
      };
      state.requests.push(seen);
      // A connection that was opened before is used again without asking for its name.
      state.contacted.add(seen.host);
      const { status, headers = {}, body = '' } = answers(seen);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  const port = await listen(server);
  const restore = divert(port, state.contacted);
  return {
    state,
    answers(next: Answers) {
      answers = next;
      state.contacted.clear();
      state.requests.length = 0;
    },
    close() {
      restore();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The identity endpoint of a Functions app; its tokens are what they are told to be. */
export async function identityEndpoint(tokenFor: (resource: string) => string) {
  const server = createHttpServer((request, response) => {
    const resource = new URL(request.url ?? '/', 'http://localhost').searchParams.get('resource');
    const seconds = Math.floor(Date.now() / 1_000) + 3_600;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        access_token: tokenFor(resource ?? ''),
        expires_on: String(seconds),
        resource,
        token_type: 'Bearer',
      }),
    );
  });
  const port = await listen(server);
  return {
    environment: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
      IDENTITY_HEADER: 'header',
    },
    close: () => server.close(),
  };
}

function listen(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

interface Target {
  host?: string;
  port?: number | string;
}

/** All TCP of this process goes through here, TLS or not; names are resolved by no one else. */
function divert(port: number, contacted: Set<string>): () => void {
  const original = Socket.prototype.connect;
  Socket.prototype.connect = function diverted(this: Socket, ...given: unknown[]) {
    const first: unknown = given[0];
    // Node passes its own normalized arguments as one list.
    const target = (Array.isArray(first) ? first[0] : first) as Target;
    const host = target.host ?? 'localhost';
    if (host !== '127.0.0.1') {
      contacted.add(host);
      target.host = '127.0.0.1';
      target.port = port;
    }
    return Reflect.apply(original, this, given);
  } as typeof original;
  return () => {
    Socket.prototype.connect = original;
  };
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As long as a device code is good. */
const LONGEST_SIGN_IN_MS = 15 * 60 * 1000;

/** A listener that a browser is sent back to. */
export interface Redirect {
  /** `http://localhost:PORT`: Microsoft Entra ignores the port of such an address. */
  readonly uri: string;
  /** The authorization code. Rejects with what the login endpoint said instead, or after 15 minutes. */
  readonly code: Promise<string>;
  close(): void;
}

/** Waits on 127.0.0.1 for the one redirect that carries `state`; anything else is not for us. */
export async function listenForCode(
  state: string,
  longestMs = LONGEST_SIGN_IN_MS,
): Promise<Redirect> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  // Nobody may be waiting any more when it is closed.
  code.catch(() => undefined);
  const server = createServer((request, response) => {
    // A request may name anything, "//" for instance, which is no address.
    const query = URL.parse(request.url ?? '/', 'http://localhost')?.searchParams;
    const isOurs = request.method === 'GET' && query?.get('state') === state;
    response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
    response.end(isOurs ? 'You can close this window; see the terminal.' : 'Not found.');
    if (query === undefined || !isOurs) return;
    const given = query.get('code');
    if (given !== null) resolve(given);
    else reject(new Error(query.get('error_description') ?? 'The sign-in gave no code.'));
  });
  const port = await listen(server);
  const timer = setTimeout(() => reject(new Error('Nobody signed in in time.')), longestMs);
  return {
    uri: `http://localhost:${port}`,
    code,
    close() {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}

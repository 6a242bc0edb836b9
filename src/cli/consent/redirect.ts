import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As long as a device code is valid. */
const MAX_SIGN_IN_MS = 15 * 60 * 1000;

/** A listener for the browser's redirect. */
export interface Redirect {
  /**
   * `http://localhost:PORT`; Microsoft Entra ignores the port of such an address. Source:
   * https://learn.microsoft.com/entra/identity-platform/reply-url
   */
  readonly uri: string;
  /** The authorization code. Rejects with what the login endpoint said instead, or after 15 minutes. */
  readonly code: Promise<string>;
  close(): void;
}

/** Listens on 127.0.0.1 for the one redirect that carries `state`; any other request gets a 404. */
export async function listenForCode(state: string, maxMs = MAX_SIGN_IN_MS): Promise<Redirect> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  // Nothing may be awaiting it any more when the listener is closed.
  code.catch(() => undefined);
  const server = createServer(({ method, url }, response) => {
    // The path may be anything, such as "//", which is not a URL.
    const query = URL.parse(String(url), 'http://localhost')?.searchParams ?? new URLSearchParams();
    const isOurs = method === 'GET' && query.get('state') === state;
    response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain' });
    response.end(isOurs ? 'You can close this window; see the terminal.' : 'Not found.');
    if (!isOurs) return;
    const given = query.get('code');
    if (given !== null) resolve(given);
    else reject(new Error(query.get('error_description') ?? 'The sign-in gave no code.'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a host and a port has such an address.
  const { port } = server.address() as AddressInfo;
  const timer = setTimeout(() => reject(new Error('No one signed in in time.')), maxMs);
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

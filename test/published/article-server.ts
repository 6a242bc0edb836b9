import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { api } from '../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';

export interface Served {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Source: "Get a collection of entitlements": App+User only. */
const APP_ONLY_REFUSED: Served = {
  status: 403,
  body: { code: 900329, description: 'App only', data: [], source: 'PartnerFD' },
};

const NOTHING: Served = { body: { totalCount: 0, items: [], attributes: {} } };

/**
 * A client for a server that answers the last part of a path with what is given for it, the entitlements
 * with the error to app-only credentials, and every other list with nothing.
 */
export async function articleClient(answers: Readonly<Record<string, Served>>) {
  const server = createServer((request, response) => {
    const last = new URL(request.url ?? '', 'http://localhost').pathname.split('/').at(-1) ?? '';
    const otherwise = last === 'entitlements' ? APP_ONLY_REFUSED : NOTHING;
    const { status = 200, headers = {}, body } = answers[last] ?? otherwise;
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const token = { token: 'header.e30.signature', expiresMs: Number.POSITIVE_INFINITY };
  return partnerCenterClient(
    api(
      {
        apiUrl: `http://127.0.0.1:${port}`,
        tokens: { current: async () => token, after: async () => token },
        limiter: { take: () => undefined, pause: () => undefined },
        timeoutMs: 5_000,
        nowMs: () => Date.now(),
      },
      'teardown-1',
    ),
  );
}

/** A list as the service wraps it; the articles shorten some, and leave the count of what was there. */
export function listOf(items: readonly unknown[]): Served {
  return {
    body: { totalCount: items.length, items, attributes: { objectType: 'Collection' } },
  };
}

import { vi } from 'vitest';
import { SETTINGS } from '../security/whole-app.ts';

/** The least that the app needs to start. */
export const settings = {
  ...SETTINGS,
  ServiceBusConnection: 'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=c2VjcmV0c2VjcmV0',
  PARTNER_CENTER_CLIENT_SECRET: 'the-secret-of-the-app',
};

export const customerId = (n: number): string =>
  `${String(n).padStart(8, '0')}-2222-3333-4444-555555555555`;

const claims = Buffer.from(JSON.stringify({ tid: SETTINGS.SANDBOX_TENANT_ID })).toString(
  'base64url',
);
vi.mock('@azure/identity', () => ({
  ClientSecretCredential: class {
    async getToken() {
      return {
        token: `eyJhbGciOiJub25lIn0.${claims}.c2ln`,
        expiresOnTimestamp: Date.now() + 3_600_000,
      };
    }
  },
}));

/** Partner Center as `fetch` reaches it: customers who have bought nothing. */
export function playAccount(customers: number) {
  const requests: Request[] = [];
  const account = {
    requests,
    /** Deletions are done, and no one hears of it. */
    silentDeletions: false,
    /** That of its organisation. */
    domain: 'sandbox.onmicrosoft.com',
    of: (method: string) => requests.filter((request) => request.method === method),
  };
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    requests.push(request);
    const itemOf = (id: string) => ({ id, companyProfile: { domain: 'x.onmicrosoft.com' } });
    if (request.method === 'DELETE') {
      if (account.silentDeletions) throw new TypeError('The connection broke.');
      return new Response(null, { status: 204 });
    }
    if (request.url.endsWith('/profiles/organization')) {
      return Response.json({ domain: account.domain });
    }
    const [, id, list] = /\/customers\/([^/?]+)(\/.+)?/.exec(request.url) ?? [];
    if (id !== undefined) return Response.json(list === undefined ? itemOf(id) : { items: [] });
    const items = Array.from({ length: customers }, (_, n) => itemOf(customerId(n)));
    return Response.json({ items });
  });
  return account;
}

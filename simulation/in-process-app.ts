import { type App, createApp, type Runtime } from '../src/functions/app.ts';

/** What a run without a network leaves to whoever makes it; the rest has a value that no run depends on. */
type Given = Pick<Runtime, 'sandbox' | 'nowMs'> & Partial<Runtime>;

/** The app in this process; without tokens of its own, it has one of the sandbox's tenant. */
export function inProcessApp(given: Given): App {
  const claims = Buffer.from(JSON.stringify({ tid: given.sandbox.tenantId })).toString('base64url');
  const token = { token: `header.${claims}.signature`, expiresMs: Number.POSITIVE_INFINITY };
  return createApp({
    apiUrl: 'http://sandbox.invalid',
    portalUrl: 'https://portal.invalid',
    timeoutMs: 10_000,
    requestsPerMinute: 1_000_000,
    tokens: { current: async () => token, after: async () => token },
    random: () => 0.5,
    ...given,
  });
}

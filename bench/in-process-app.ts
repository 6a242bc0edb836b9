import type { Sandbox } from 'partner-center-sandbox/core';
import { type App, createApp } from '../src/functions/app.ts';

export interface InProcess {
  readonly sandbox: Sandbox;
  readonly requestsPerMinute: number;
  nowMs(): number;
}

/** The app, with a token of the simulated sandbox's tenant; whoever runs it brings a fetch without a network. */
export function inProcessApp({ sandbox, requestsPerMinute, nowMs }: InProcess): App {
  const claims = Buffer.from(JSON.stringify({ tid: sandbox.tenantId })).toString('base64url');
  const token = { token: `header.${claims}.signature`, expiresMs: Number.POSITIVE_INFINITY };
  return createApp({
    sandbox: { tenantId: sandbox.tenantId, deniedTenantIds: [] },
    ...{ apiUrl: 'http://sandbox.invalid', timeoutMs: 10_000, requestsPerMinute, nowMs },
    tokens: { current: async () => token, after: async () => token },
    random: () => 0.5,
  });
}

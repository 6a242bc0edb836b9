import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { inProcessApp } from '../../simulation/in-process-app.ts';
import type { App, Runtime } from '../../src/functions/app.ts';
import type { Transport } from '../../src/partner-center/http/transport.ts';
import { parkDeadLetters } from '../../src/teardown/park-dead-letters.ts';
import { takeRequest } from '../../src/teardown/teardown.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 2);
const tenantId = 'aaaaaaaa-0000-0000-0000-000000000001';
const customerTenantId = 'bbbbbbbb-0000-0000-0000-000000000002';
const logOf = () => () => undefined;
const backoff = {
  ...{ firstDelayMs: 60_000, multiplier: 1, maxDelayMs: 60_000, jitter: 0.5 },
  ...{ maxChecks: 9, deadlineMs: 3_600_000 },
};

const appWith = (given: Partial<Runtime>) =>
  inProcessApp({ sandbox: { tenantId, deniedTenantIds: [] }, nowMs: () => NOW_MS, ...given });

/** One request through the app, by a Partner Center that is down; with what it asked, and what was sent. */
async function requestTo(app: App) {
  const asked: Readonly<Record<string, string>>[] = [];
  const transport: Transport = async (_request, headers) => {
    asked.push(headers);
    return { status: 503, headers: new Headers(), body: '' };
  };
  const { sent, senders } = recorded();
  const now = { mode: 'enforce', protections: [] } as const;
  const teardown = app.teardown(now, backoff, { senders, peek: async () => [], transport });
  await takeRequest({ body: { customerTenantId }, messageId: 'teardown-1' }, teardown, logOf);
  return { asked, sent };
}

function recorded() {
  const sent: ServiceBusMessage[] = [];
  const send = async (_entity: string, message: ServiceBusMessage) => void sent.push(message);
  return { sent, senders: { send } };
}

describe('the app', () => {
  it('uses the request ids, tokens and transport that it is built with', async () => {
    const token = {
      token: `a.${Buffer.from(JSON.stringify({ tid: tenantId })).toString('base64url')}.c`,
      expiresMs: Number.POSITIVE_INFINITY,
    };
    let made = 0;
    const app = appWith({
      newId: () => `id ${++made}`,
      tokens: { current: async () => token, after: async () => token },
    });
    const { asked } = await requestTo(app);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map((headers) => headers['ms-requestid'])).toEqual(
      asked.map((_headers, index) => `id ${index + 1}`),
    );
    expect(asked[0]).toMatchObject({ authorization: `Bearer ${token.token}` });
  });

  it('schedules its messages by the clock and the randomness that it is built with', async () => {
    const dueMs = async (chance: number) => {
      const { sent } = await requestTo(appWith({ random: () => chance }));
      return sent.map(({ scheduledEnqueueTimeUtc }) => scheduledEnqueueTimeUtc?.getTime());
    };
    expect(await dueMs(0)).toEqual([NOW_MS + 30_000]);
    expect(await dueMs(0.75)).toEqual([NOW_MS + 75_000]);
  });

  it('parks dead letters by the same senders, under the same sandbox', async () => {
    const { sent, senders } = recorded();
    const letter = { body: 'no request', messageId: 'dead', cause: {}, remove: async () => {} };
    const deps = appWith({ portalUrl: 'https://portal.example' }).deadLetters(
      async (queue) => (queue === 'requests' ? [letter] : []),
      { senders },
    );
    await parkDeadLetters(deps, logOf);
    expect(sent).toMatchObject([
      {
        messageId: 'dead:outcome',
        body: {
          source: `urn:sandbox-teardown:${tenantId}`,
          time: new Date(NOW_MS).toISOString(),
          data: { reason: 'malformed-message' },
        },
      },
    ]);
  });
});

import { expect, test } from 'vitest';
import { api } from '../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';
import { classifyError } from '../../src/teardown/errors/classify-error.ts';
import { PartnerCenterError } from '../../src/teardown/model/partner-center-error.ts';
import { type Manner, unansweringPeer } from './unanswering-peer.ts';

const TIMEOUT_MS = 300;
/** A request that failed within two seconds is sent once more. */
const TRIES = 2;

const clientOf = (port: number) => {
  const token = { token: 'token', expiresMs: Number.POSITIVE_INFINITY };
  const options = {
    apiUrl: `http://127.0.0.1:${port}`,
    tokens: { current: async () => token, after: async () => token },
    limiter: { take: () => undefined, pause: () => undefined },
    timeoutMs: TIMEOUT_MS,
    nowMs: () => Date.now(),
  };
  return partnerCenterClient(api(options, 'teardown-1'));
};

test.each<Manner>(['never answers', 'sends its headers slowly', 'sends its body slowly'])(
  'a call to a Partner Center that %s ends in time, as one to check again',
  async (manner) => {
    const { port, state } = await unansweringPeer(manner);
    const client = clientOf(port);
    const subscription = { id: 's', resource: {} } as never;
    const calls = [
      client.listOrders('c'),
      client.getCustomer('c'),
      client.cancelOrder('c', 'o'),
      client.endSubscription('c', subscription, 'deleted'),
      client.deleteCustomer('c'),
    ];
    for (const ended of await Promise.allSettled(calls)) {
      const reason: unknown = ended.status === 'rejected' ? ended.reason : undefined;
      expect(reason).toBeInstanceOf(PartnerCenterError);
      if (!(reason instanceof PartnerCenterError)) continue;
      expect(reason.response).toMatchObject({
        status: 0,
        description: expect.stringMatching(/time/i),
      });
      expect(classifyError(reason.response).kind).toBe('requeue');
    }
    expect(state.finished).toBe(0);
    expect(state.requests).toBeGreaterThanOrEqual(calls.length);
    expect(state.requests).toBeLessThanOrEqual(TRIES * calls.length);
  },
);

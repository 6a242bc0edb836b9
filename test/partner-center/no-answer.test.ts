import { describe, expect, it } from 'vitest';
import { api } from '../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';

/** A network that breaks each request after so long; counts the requests and their ids. */
async function afterBreaking(brokenAfterMs: number) {
  let nowMs = 0;
  const requestIds: (string | null)[] = [];
  const token = { token: 'token', expiresMs: Number.POSITIVE_INFINITY };
  const client = partnerCenterClient(
    api(
      {
        apiUrl: 'http://sandbox.invalid',
        tokens: { current: async () => token, after: async () => token },
        pace: { take: () => undefined },
        timeoutMs: 10_000,
        nowMs: () => nowMs,
        fetch: async (input) => {
          nowMs += brokenAfterMs;
          requestIds.push(input instanceof Request ? input.headers.get('ms-requestid') : null);
          throw new TypeError('fetch failed');
        },
      },
      'teardown-1',
    ),
  );
  await expect(client.listOrders('customer')).rejects.toMatchObject({ answer: { status: 0 } });
  return requestIds;
}

describe('a request without an answer', () => {
  it('is sent once more at once, under the same id, when the connection broke quickly', async () => {
    const ids = await afterBreaking(100);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('is left to the next look when it was waited for', async () => {
    expect(await afterBreaking(8_000)).toHaveLength(1);
  });
});

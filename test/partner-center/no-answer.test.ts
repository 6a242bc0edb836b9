import type { Fault } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { api } from '../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';
import { requestIds, unansweredWrite } from '../../src/partner-center/http/request-ids.ts';
import { play } from './play.ts';

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
        limiter: { take: () => undefined, pause: () => undefined },
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
  await expect(client.listOrders('customer')).rejects.toMatchObject({ response: { status: 0 } });
  return requestIds;
}

describe('a request without an answer', () => {
  it('is sent once more at once, under the same id, when the connection broke quickly', async () => {
    const ids = await afterBreaking(100);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('is left to the next check when it timed out', async () => {
    expect(await afterBreaking(8_000)).toHaveLength(1);
  });
});

describe('a write without an answer', () => {
  /** The ids of all writes, where the network breaks the first so many. */
  async function idsOfWrites(broken: number, faults: readonly Fault[] = []) {
    const ids: (string | null)[] = [];
    const { words } = await play({
      faults,
      onRequest: ({ method, headers }) => {
        if (method !== 'PATCH') return;
        ids.push(headers.get('ms-requestid'));
        if (ids.length <= broken) throw new TypeError('fetch failed');
      },
    });
    expect(words).toBe('deleted released');
    return ids;
  }

  it('is sent again in the next checks, under the same id', async () => {
    // Twice in a check, because the connection broke at once.
    const ids = await idsOfWrites(4);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(1);
  });

  it('is sent again under the same id even where a check in between could not read', async () => {
    const ids: (string | null)[] = [];
    let brokenReads = 4;
    const { words } = await play({
      onRequest: ({ method, headers }) => {
        if (method === 'PATCH' && ids.push(headers.get('ms-requestid')) > 2) return;
        const isReadAfterIt = method === 'GET' && ids.length === 2 && brokenReads > 0;
        if (isReadAfterIt) brokenReads -= 1;
        if (method === 'PATCH' || isReadAfterIt) throw new TypeError('fetch failed');
      },
    });
    expect([words, brokenReads]).toEqual(['deleted released', 0]);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('is sent again under a new id once it was answered', async () => {
    const ids = await idsOfWrites(2, [
      { kind: 'status', operation: 'patch-order', status: 409, code: '800060' },
    ]);
    expect(ids).toHaveLength(4);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(ids[3]).not.toBe(ids[0]);
  });
});

describe('the id of a request', () => {
  const write = { method: 'patch', path: '/customers/c/orders/o' };
  const requestId = '11111111-2222-3333-4444-555555555555';
  const unanswered = { call: 'PATCH /customers/c/orders/o', requestId };
  const numbered = () => {
    let made = 0;
    return () => `id ${++made}`;
  };

  it('is the old one, once, for the same call of the check before', () => {
    const ids = requestIds(unanswered, numbered());
    expect(ids.next({ ...write, path: '/customers/c/orders/other' })).toBe('id 1');
    expect(ids.next(write)).toBe(requestId);
    expect(ids.next(write)).toBe('id 2');
  });

  it('is another one where the call has another body by now', () => {
    const ended = { ...write, json: { status: 'suspended', quantity: 1 } };
    const { unanswered } = unansweredWrite(ended, requestId);
    const ids = requestIds(unanswered, numbered());
    expect(ids.next({ ...ended, json: { status: 'suspended', quantity: 2 } })).not.toBe(requestId);
    expect(ids.next(write)).not.toBe(requestId);
    expect(ids.next({ ...ended })).toBe(requestId);
  });

  it('is kept with a short hash of the body, so that a check can carry it', () => {
    const body = { status: 'suspended', note: 'x'.repeat(10_000) };
    const { unanswered } = unansweredWrite({ ...write, json: body }, requestId);
    expect(unanswered?.call).toMatch(/^PATCH \/customers\/c\/orders\/o [0-9a-f]{16}$/);
  });

  it('is new each time where no call is open', () => {
    const ids = requestIds(undefined, numbered());
    expect([ids.next(write), ids.next(write)]).toEqual(['id 1', 'id 2']);
  });

  it('is carried to the next check for a write, and not for a read', () => {
    expect(unansweredWrite(write, requestId)).toEqual({ unanswered });
    expect(unansweredWrite({ ...write, method: 'get' }, requestId)).toEqual({});
  });
});

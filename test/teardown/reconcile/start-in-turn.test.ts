import { describe, expect, it } from 'vitest';
import type { QueuedMessage, QueueName } from '../../../src/teardown/model/incoming-message.ts';
import { MAX_PEEKED, waitForTurn } from '../../../src/teardown/reconcile/start-in-turn.ts';
import { aCheck, CUSTOMER_ID, NOW_MS } from '../builders.ts';

const SPACING_MS = 1_000;
const own = { body: {}, messageId: 'own', sequenceNumber: 10n };

function request(messageId: string, sequenceNumber: bigint, isScheduled = false): QueuedMessage {
  return { messageId, sequenceNumber, body: {}, isScheduled };
}

function check(teardownId: string, begun: boolean): QueuedMessage {
  return { messageId: `${teardownId}:check:1`, body: { teardownId, begun }, isScheduled: true };
}

async function turnOf(
  queues: Partial<Record<QueueName, readonly QueuedMessage[]>>,
  message = own,
  peekingMs = 0,
) {
  let nowMs = NOW_MS;
  const peeked: unknown[] = [];
  const turn = await waitForTurn(aCheck({ teardownId: message.messageId, begun: false }), message, {
    startSpacingMs: SPACING_MS,
    nowMs: () => nowMs,
    peek: async (queue, maxCount) => {
      nowMs += peekingMs;
      peeked.push([queue, maxCount]);
      return queues[queue] ?? [];
    },
  });
  return { turn, delayMs: turn?.kind === 'requeue' ? turn.delayMs : undefined, peeked };
}

describe('the start of a teardown', () => {
  it('is now where nothing waits before it', async () => {
    const { turn, peeked } = await turnOf({ requests: [request('own', 10n)] });
    expect(turn).toBeUndefined();
    expect(peeked).toEqual([
      ['requests', MAX_PEEKED],
      ['checks', MAX_PEEKED],
    ]);
  });

  it('is a spacing later for each request before it, and none for those behind it', async () => {
    const requests = [request('a', 8n), request('b', 9n), request('own', 10n), request('c', 11n)];
    expect((await turnOf({ requests })).delayMs).toBe(2 * SPACING_MS);
  });

  it('is a spacing later for each teardown that waits for its turn, and none for those begun', async () => {
    const checks = [check('a', false), check('b', true), check('c', false)];
    expect((await turnOf({ checks })).delayMs).toBe(2 * SPACING_MS);
  });

  it('counts a request once that was moved on while it looked', async () => {
    const queues = { requests: [request('a', 8n)], checks: [check('a', false)] };
    expect((await turnOf(queues)).delayMs).toBe(SPACING_MS);
  });

  it('does not wait for requests that are scheduled, which have a time of their own', async () => {
    expect((await turnOf({ requests: [request('a', 8n, true)] })).turn).toBeUndefined();
  });

  it('does not wait for messages that are nothing of ours', async () => {
    const noise = [null, 'text', 7, { begun: false }, { teardownId: 1, begun: false }];
    const checks = noise.map((body) => ({ messageId: 'x', body, isScheduled: true }));
    expect((await turnOf({ checks })).turn).toBeUndefined();
  });

  it('is left to its own check where that waits already: the request came a second time', async () => {
    for (const begun of [true, false]) {
      expect((await turnOf({ checks: [check('own', begun)] })).delayMs).toBe(SPACING_MS);
    }
  });

  it('is where its schedule puts it, for a request of a sweep', async () => {
    const messageId = `sweep-20261122T0200Z-${CUSTOMER_ID}`;
    const requests = [request('a', 8n)];
    const { turn, peeked } = await turnOf({ requests }, { ...own, messageId });
    expect([turn, peeked]).toEqual([undefined, []]);
  });

  it('is left to a check where Service Bus took so long that a function has little time left', async () => {
    expect((await turnOf({}, own, 10_000)).turn).toBeUndefined();
    expect((await turnOf({}, own, 10_001)).turn).toMatchObject({ kind: 'requeue', begun: false });
  });

  it('has nothing of a check that backs off', async () => {
    const { turn } = await turnOf({ requests: [request('a', 8n)] });
    expect(turn).toStrictEqual({
      kind: 'requeue',
      delayMs: SPACING_MS,
      begun: false,
      why: 'It starts in its turn: 1 before it.',
    });
  });
});

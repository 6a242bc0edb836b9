import { describe, expect, it } from 'vitest';
import { type Check, checkBodyOf, MAX_ATTEMPTS } from '../../../src/teardown/model/check.ts';
import { parseCheck } from '../../../src/teardown/model/check-message.ts';
import { publishResult } from '../../../src/teardown/reconcile/publish-result.ts';
import { finish, type Result } from '../../../src/teardown/reconcile/result.ts';
import { aCheck, CUSTOMER_ID, NOW_MS } from '../builders.ts';

const unanswered = { call: 'PATCH /x', requestId: '11111111-2222-3333-4444-555555555555' };
const outcome = { kind: 'deleted', reason: 'released', explanation: 'Gone.' } as const;

async function sentBy(at: Check, ending: Result): Promise<unknown[]> {
  const sent: unknown[] = [];
  const messenger = {
    scheduleCheck: async (...values: unknown[]) => void sent.push(['check', ...values]),
    postponeCheck: async () => undefined,
    publishOutcome: async (...values: unknown[]) => void sent.push(['outcome', ...values]),
  };
  await publishResult(at, ending, messenger, () => undefined, NOW_MS + 5_000);
  return sent;
}

describe('the end of a check sends one message', () => {
  it('the next check, with the next number and the progress so far', async () => {
    const at = aCheck({ attempt: 3, request: { customerTenantId: CUSTOMER_ID, reason: 'why' } });
    const names = { teardownId: 'teardown-1', attempt: 4, startedMs: NOW_MS, request: at.request };
    const again = { kind: 'requeue', delayMs: 9, why: 'Not yet.' } as const;
    expect(await sentBy(at, { ...again, begun: false })).toStrictEqual([
      ['check', { ...names, begun: false }, 9],
    ]);
    const changed = `v2:sha256:${'a'.repeat(64)}`;
    const verdicts = { missing: true, changed, delays: 2, unanswered } as const;
    const known = { begun: true, domain: 'contoso.com', ...verdicts };
    expect(await sentBy(at, { ...again, ...known })).toStrictEqual([
      ['check', { ...names, ...known }, 9],
    ]);
  });

  it('or the outcome, with who asked and why', async () => {
    const about = {
      teardownId: 'teardown-1',
      customerTenantId: CUSTOMER_ID,
      startedMs: NOW_MS,
      endedMs: NOW_MS + 5_000,
      checks: 3,
    };
    expect(await sentBy(aCheck({ attempt: 2 }), finish(outcome))).toStrictEqual([
      ['outcome', about, outcome],
    ]);
    const asked = { customerTenantId: CUSTOMER_ID, requestedBy: 'Ada', reason: 'end of run' };
    const at = aCheck({ attempt: 2, domain: 'contoso.com', request: asked });
    expect(await sentBy(at, finish(outcome))).toStrictEqual([
      [
        'outcome',
        { ...about, domain: 'contoso.com', requestedBy: 'Ada', requestReason: 'end of run' },
        outcome,
      ],
    ]);
  });

  it('with what nobody sees in the texts that it quotes made visible', async () => {
    const quoting = { ...outcome, explanation: 'The domain is con\u202etoso\ufeff.com\u200b.' };
    expect(await sentBy(aCheck(), finish(quoting))).toMatchObject([
      ['outcome', {}, { explanation: 'The domain is con\\u202etoso\\ufeff.com\\u200b.' }],
    ]);
  });

  // Only a forged check is ever so far on: this app's own checks end long before.
  it('or parks where there is no valid number for the next check', async () => {
    const again = { kind: 'requeue', delayMs: 0, why: 'Not yet.', begun: true } as const;
    expect(await sentBy(aCheck({ attempt: MAX_ATTEMPTS }), again)).toMatchObject([
      [
        'outcome',
        { teardownId: 'teardown-1', checks: MAX_ATTEMPTS + 1 },
        {
          kind: 'parked',
          reason: 'too-many-checks',
          explanation: 'The teardown has used up the numbers that its checks can have. Not yet.',
        },
      ],
    ]);
    const [[kind, next] = []] = (await sentBy(aCheck({ attempt: MAX_ATTEMPTS - 1 }), again)) as [
      [string, Check],
    ];
    expect([kind, next?.attempt]).toEqual(['check', MAX_ATTEMPTS]);
    expect(next && parseCheck(checkBodyOf(next))).toMatchObject({ ok: true });
  });
});

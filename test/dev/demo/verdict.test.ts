import { Sandbox } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { prepare, type Story } from '../../../dev/demo/story.ts';
import type { Progress } from '../../../dev/demo/tracker.ts';
import { wrongs } from '../../../dev/demo/verdict.ts';

type Expected = Story['expected'];
const deleted: Expected = { kind: 'deleted', reason: 'released', world: 'gone' };

/** The problems of a story in a sandbox of its own, after `play` has changed the sandbox. */
function problemsOf(expected: Expected, reported: Partial<Progress>, play?: (ask: Ask) => void) {
  const sandbox = new Sandbox({ nowMs: () => 0, seed: 1 });
  const customer = { purchases: [] };
  const world = expected.world === 'still there' ? 'gone' : expected.world;
  const story = prepare(
    {
      name: 'x',
      shows: '',
      customer,
      expected: { ...expected, reason: expected.reason ?? '', world },
    },
    sandbox,
  );
  const path = `/v1/customers/${story.customerId}`;
  play?.((method, below = '') =>
    sandbox.handle({ method, path: path + below, caller: sandbox.appOnlyCaller }),
  );
  const progress: Progress = {
    story: { ...story, expected },
    state: 'ended',
    checks: 2,
    computeMs: 0,
    maxMs: 0,
    requestedAtMs: 0,
    outcomes: [{ kind: 'deleted', reason: 'released', explanation: '' }],
    ...reported,
  };
  return wrongs([progress], sandbox.state(), sandbox.requests().requests, []);
}

type Ask = (method: string, below?: string) => unknown;
const remove = (ask: Ask) => ask('DELETE');

describe('the demo', () => {
  it('accepts a deletion that happened and was reported', () => {
    expect(problemsOf(deleted, {}, remove)).toEqual([]);
  });

  it.each<[string, Expected, Partial<Progress>, ((ask: Ask) => void) | undefined]>([
    ['a deletion that was only reported', deleted, {}, undefined],
    ['no outcome', deleted, { outcomes: [] }, remove],
    [
      'two outcomes',
      deleted,
      {
        outcomes: Array.from({ length: 2 }, () => ({
          kind: 'deleted',
          reason: 'released',
          explanation: '',
        })),
      },
      remove,
    ],
    ['another reason than expected', { ...deleted, reason: 'already-gone' }, {}, remove],
    ['another outcome than expected', { ...deleted, kind: 'parked' }, {}, remove],
    ['an end before its orders could be released', { ...deleted, minChecks: 3 }, {}, remove],
    ['a customer gone that should be there', { ...deleted, world: 'still there' }, {}, remove],
    [
      'a writing call to a customer that should be untouched',
      { ...deleted, world: 'untouched' },
      {},
      (ask) => ask('PATCH', '/orders/x'),
    ],
    ['a customer where there should be none', { ...deleted, world: 'nothing' }, {}, undefined],
  ])('detects %s', (_name, expected, reported, play) => {
    expect(problemsOf(expected, reported, play)).toHaveLength(1);
  });

  it('detects a message that is left on a queue', () => {
    const sandbox = new Sandbox({ nowMs: () => 0, seed: 1 });
    expect(wrongs([], sandbox.state(), [], [{ entity: 'teardown-checks', messages: 1 }])).toEqual([
      'teardown-checks still holds 1 messages.',
    ]);
  });
});

import { defaultSettings } from 'partner-center-sandbox/core';
import { afterAll, describe, expect, test } from 'vitest';
import { openQuestions, unmet } from './open-questions/all.ts';
import { openSimulated } from './simulated.ts';
import { contractSuite } from './suite.ts';

/**
 * The suite fails at nothing that no article says: it is played against simulated sandboxes that answer the open questions
 * the one way and the other, and tells which way it was. Never against a real one.
 */
for (const question of openQuestions) {
  const contract = await openSimulated(question);
  describe(question.name, () => {
    afterAll(() => contract.close());
    contractSuite(contract);
    test.each(Object.entries(question.sees))('it is told of: %s', (what, answers) => {
      expect(contract.seen.answersTo(what)).toEqual(answers);
    });
  });
}

test('every setting of the simulated sandbox that the suite can meet is played with another answer', () => {
  const played = new Set(openQuestions.flatMap(({ settings }) => Object.keys(settings ?? {})));
  const all = Object.keys(defaultSettings);
  expect(all.filter((name) => !played.has(name) && !unmet.has(name))).toEqual([]);
  expect([...unmet].filter((name) => played.has(name) || !all.includes(name))).toEqual([]);
});

import { expect, it } from 'vitest';
import { describeAges } from '../../../src/teardown/release/describe-ages.ts';

it('each purchase of known age has a message with its date, and until when it could be cancelled', () => {
  const boughtMs = Date.UTC(2026, 10, 22, 2, 3, 59);
  const cancellableUntilMs = Date.UTC(2026, 10, 29, 2, 4);
  expect(
    describeAges(
      [
        { name: 'both', boughtMs, cancellableUntilMs },
        { name: 'neither' },
        { name: 'the one', boughtMs },
        { name: 'the other', cancellableUntilMs },
        {
          name: 'one refused before its time',
          boughtMs,
          cancellableUntilMs: cancellableUntilMs + 1,
        },
      ],
      cancellableUntilMs,
    ),
  ).toEqual([
    'both was bought on 2026-11-22 02:03 UTC and could be cancelled until 2026-11-29 02:04 UTC.',
    'the one was bought on 2026-11-22 02:03 UTC.',
    'the other could be cancelled until 2026-11-29 02:04 UTC.',
    'one refused before its time was bought on 2026-11-22 02:03 UTC.',
  ]);
});

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

it('the published window is named where the sixty days of a sandbox are not over', () => {
  const boughtMs = Date.UTC(2026, 8, 1);
  const ages = [
    {
      name: 'software',
      boughtMs,
      cancellableUntilMs: Date.UTC(2026, 9, 31),
      publishedUntilMs: Date.UTC(2026, 9, 1),
    },
  ];
  const bought = 'software was bought on 2026-09-01 00:00 UTC';
  expect(describeAges(ages, Date.UTC(2026, 9, 1) - 1)).toEqual([`${bought}.`]);
  expect(describeAges(ages, Date.UTC(2026, 9, 1))).toEqual([
    `${bought} and could be cancelled until 2026-10-01 00:00 UTC.`,
  ]);
  expect(describeAges(ages, Date.UTC(2026, 9, 31))).toEqual([
    `${bought} and could be cancelled until 2026-10-31 00:00 UTC.`,
  ]);
});

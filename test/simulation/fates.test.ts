import type { CustomerSpec } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { byReplay, Choices } from '../../simulation/choices.ts';
import { fatesOf } from '../../simulation/oracle/fates.ts';
import { scenario } from '../../simulation/scenario.ts';

const calm = scenario(new Choices(byReplay([])));

describe('the oracle expects of an order of partial success that is refused', () => {
  const scene = {
    ...calm,
    settings: { ...calm.settings, cancelPartialSuccess: 'refused' },
  } as const;
  const inPart = (kind: 'software-subscription' | 'reservation'): CustomerSpec => ({
    purchases: [{ kind, together: ['saas'], orderStatus: 'partial_success', failedLines: 1 }],
  });
  const mayEnd = (customer: CustomerSpec) =>
    fatesOf(scene, customer, 0).every((fate) => fate.mayEnd);

  it('that its software subscription may be ended by itself', () => {
    expect(mayEnd(inPart('software-subscription'))).toBe(true);
  });

  it('that its reservation stays', () => {
    expect(mayEnd(inPart('reservation'))).toBe(false);
  });
});

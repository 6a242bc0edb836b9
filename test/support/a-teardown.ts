import type { Messenger } from '../../src/teardown/model/messenger.ts';
import type { Teardown } from '../../src/teardown/teardown.ts';
import { BACKOFF, NOW_MS } from '../teardown/builders.ts';

/** A messenger that takes everything and sends nothing. */
export const silentMessenger: Messenger = {
  scheduleCheck: async () => undefined,
  postponeCheck: async () => undefined,
  publishOutcome: async () => undefined,
};

/** A teardown in a proven sandbox that may write, without a client; a test gives the parts that it is about. */
export function aTeardown(more: Partial<Teardown> = {}): Teardown {
  return {
    mode: 'enforce',
    protections: [],
    backoff: BACKOFF,
    peek: async () => [],
    startSpacingMs: 1_000,
    proveSandbox: async () => undefined,
    messenger: silentMessenger,
    partnerCenter: () => {
      throw new Error('This test gives its teardown no client.');
    },
    nowMs: () => NOW_MS,
    random: () => 0,
    ...more,
  };
}

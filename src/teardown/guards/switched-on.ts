import type { Guard } from './guard.ts';

/** Guard 2: the kill switch. */
export const switchedOn: Guard = async (_check, facts) =>
  facts.mode === 'off'
    ? {
        kind: 'skipped',
        reason: 'switched-off',
        explanation: 'Teardown is switched off (TEARDOWN_MODE is "off").',
      }
    : undefined;

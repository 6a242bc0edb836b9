import { skipped } from '../model/outcome.ts';
import type { Guard } from './guard.ts';

/** Guard 2: the kill switch. */
export const switchedOn: Guard = async (_check, facts) =>
  facts.mode === 'off'
    ? skipped('switched-off', 'Teardown is switched off (TEARDOWN_MODE is "off").')
    : undefined;

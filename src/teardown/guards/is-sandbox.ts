import { adviceFor } from '../model/reasons.ts';
import type { Guard } from './guard.ts';

/** Guard 3: this is the sandbox, and nothing else. */
export const isSandbox: Guard = async (_check, facts) => {
  const objection = await facts.sandboxObjection();
  return objection === undefined
    ? undefined
    : { kind: 'parked', ...adviceFor('not-a-sandbox'), explanation: objection };
};

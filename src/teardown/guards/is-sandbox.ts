import type { Guard } from './guard.ts';

/** Guard 3: this is the sandbox, and nothing else. */
export const isSandbox: Guard = async (_check, facts) => {
  const objection = await facts.sandboxObjection();
  return objection === undefined
    ? undefined
    : {
        kind: 'parked',
        reason: 'not-a-sandbox',
        explanation: objection,
        nextStep:
          'Check whose credentials these are: SANDBOX_TENANT_ID must be the tenant of your integration sandbox and the credentials must belong to it. Then request the teardown again.',
      };
};

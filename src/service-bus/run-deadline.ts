import type { ServiceBus } from './shared-client.ts';

/** For a run with many requests one after the other; together with its last request it takes less than a minute. */
export const MAX_RUN_MS = 40_000;

/** Service Bus for one run of a function, which begins now. After the deadline, `ask` throws an Error at once. */
export function withRunDeadline(serviceBus: ServiceBus, nowMs: () => number): ServiceBus {
  const endMs = nowMs() + MAX_RUN_MS;
  return {
    async ask(what, request) {
      if (nowMs() < endMs) return serviceBus.ask(what, request);
      throw new Error(
        `This run has used up its ${MAX_RUN_MS / 1_000} seconds, so it did not ${what}.`,
      );
    },
  };
}

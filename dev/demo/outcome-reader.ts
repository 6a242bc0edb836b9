import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import * as v from 'valibot';
import type { Progress } from './tracker.ts';

const eventSchema = v.object({
  type: v.pipe(v.string(), v.startsWith('sandbox.teardown.')),
  data: v.object({
    teardownId: v.string(),
    outcome: v.picklist(['deleted', 'planned', 'skipped', 'parked', 'rejected']),
    reason: v.string(),
    explanation: v.string(),
    nextStep: v.optional(v.string()),
  }),
});

type Outcome = Progress['outcomes'][number];

/** Reads outcomes as a requesting system would: from a subscription of the topic. */
export async function readOutcomes(
  connectionString: string,
  onOutcome: (teardownId: string, outcome: Outcome) => void,
): Promise<{ close(): Promise<void> }> {
  const client = new ServiceBusClient(connectionString);
  const receiver = client.createReceiver('teardown-outcomes', 'audit');
  receiver.subscribe({
    processMessage: async (message: ServiceBusReceivedMessage) => {
      const event = v.safeParse(eventSchema, message.body);
      if (!event.success) return;
      const { teardownId, outcome, reason, explanation, nextStep } = event.output.data;
      onOutcome(teardownId, {
        kind: outcome,
        reason,
        explanation,
        ...(nextStep !== undefined && { nextStep }),
      });
    },
    processError: async ({ error }) => console.error(`Reading outcomes: ${error.message}`),
  });
  return { close: () => client.close() };
}

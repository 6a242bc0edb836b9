import type { QueueName } from '../teardown/model/incoming-message.ts';

/** Names of the entities; `infra/service-bus.entities.json` declares their properties. */
export const REQUESTS_QUEUE = 'teardown-requests';
export const CHECKS_QUEUE = 'teardown-checks';
export const OUTCOMES_TOPIC = 'teardown-outcomes';

/** The two queues as the teardown names them. */
export const queueNames: Readonly<Record<QueueName, string>> = {
  requests: REQUESTS_QUEUE,
  checks: CHECKS_QUEUE,
};

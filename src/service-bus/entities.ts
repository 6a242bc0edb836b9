/** Names of the entities; `infra/service-bus.entities.json` declares their properties. */
export const REQUESTS_QUEUE = 'teardown-requests';
export const CHECKS_QUEUE = 'teardown-checks';
export const OUTCOMES_TOPIC = 'teardown-outcomes';

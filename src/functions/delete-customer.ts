import { CHECKS_QUEUE } from '../service-bus/entities.ts';
import { takeCheck } from '../teardown/teardown.ts';
import type { Container } from './container.ts';
import { registerQueueFunction } from './queue-function.ts';

/** `deleteCustomer`: a check deletes the customer once all is released, or schedules the next check. */
export function registerDeleteCustomer({ teardown }: Container): void {
  registerQueueFunction('deleteCustomer', CHECKS_QUEUE, (message, logOf) =>
    takeCheck(message, teardown, logOf),
  );
}

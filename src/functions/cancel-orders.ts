import { REQUESTS_QUEUE } from '../service-bus/entities.ts';
import { takeRequest } from '../teardown/teardown.ts';
import type { Container } from './container.ts';
import { registerQueueFunction } from './queue-function.ts';

/** `cancelOrders`: a teardown request cancels what can be cancelled and schedules the first check. */
export function registerCancelOrders({ teardown }: Container): void {
  registerQueueFunction('cancelOrders', REQUESTS_QUEUE, (message, logOf) =>
    takeRequest(message, teardown, logOf),
  );
}

import { app } from '@azure/functions';
import { REQUESTS_QUEUE } from '../service-bus/entities.ts';
import { CONNECTION_NAME } from '../settings/service-bus-connection.ts';
import { takeRequest } from '../teardown/teardown.ts';
import { incomingMessage } from './incoming-message.ts';
import type { Instance } from './instance.ts';
import { logsOf } from './log-lines.ts';
import { throwingSafely } from './safe-error.ts';

/** `cancelOrders`: a teardown request cancels what can be cancelled and schedules the first check. */
export function registerCancelOrders({ teardown }: Instance): void {
  app.serviceBusQueue('cancelOrders', {
    connection: CONNECTION_NAME,
    queueName: REQUESTS_QUEUE,
    handler: (body, context) =>
      throwingSafely(async () => {
        const message = incomingMessage(body, context);
        await takeRequest(message, teardown, logsOf(context));
      }),
  });
}

import { app } from '@azure/functions';
import { CHECKS_QUEUE } from '../service-bus/entities.ts';
import { CONNECTION_NAME } from '../settings/service-bus-connection.ts';
import { takeCheck } from '../teardown/teardown.ts';
import { incomingMessage } from './incoming-message.ts';
import type { Instance } from './instance.ts';
import { logsOf } from './log-lines.ts';
import { throwingSafely } from './safe-error.ts';

/** `deleteCustomer`: a check deletes the customer once all is released, or schedules the next check. */
export function registerDeleteCustomer({ teardown }: Instance): void {
  app.serviceBusQueue('deleteCustomer', {
    connection: CONNECTION_NAME,
    queueName: CHECKS_QUEUE,
    handler: (body, context) =>
      throwingSafely(async () => {
        const message = incomingMessage(body, context);
        await takeCheck(message, teardown, logsOf(context));
      }),
  });
}

import { app } from '@azure/functions';
import { parkDeadLetters } from '../teardown/park-dead-letters.ts';
import type { Instance } from './container.ts';
import { logsOf } from './log-lines.ts';
import { throwingSafely } from './safe-error.ts';

/** `parkDeadLetters`: ends every teardown whose message Service Bus gave up on, so that a person sees it. */
export function registerParkDeadLetters({ settings, deadLetters }: Instance): void {
  app.timer('parkDeadLetters', {
    schedule: settings.deadLetterSchedule,
    handler: (_timer, context) =>
      throwingSafely(() => parkDeadLetters(deadLetters(), logsOf(context))),
  });
}

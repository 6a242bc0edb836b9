import { app } from '@azure/functions';
import { parkDeadLetters } from '../teardown/park-dead-letters.ts';
import type { Container } from './container.ts';
import { logsOf } from './log-lines.ts';
import { throwingSafely } from './safe-error.ts';

/** `parkDeadLetters`: ends every teardown whose message became a dead letter, so that a person sees it. */
export function registerParkDeadLetters({ settings, deadLetters }: Container): void {
  app.timer('parkDeadLetters', {
    schedule: settings.deadLetterSchedule,
    handler: (_timer, context) =>
      throwingSafely(() => parkDeadLetters(deadLetters(), logsOf(context))),
  });
}

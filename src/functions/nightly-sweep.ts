import { app } from '@azure/functions';
import { sweep } from '../teardown/sweep/sweep.ts';
import type { Container } from './container.ts';
import { logsOf } from './log-lines.ts';
import { throwingSafely } from './safe-error.ts';
import { timerRun } from './timer-run.ts';

/** `nightlySweep`: requests the teardown of every customer that the sweep's rules include. */
export function registerNightlySweep({ settings, sweep: deps }: Container): void {
  app.timer('nightlySweep', {
    schedule: settings.sweep.schedule,
    handler: (timer, context) =>
      throwingSafely(() => sweep(deps(), timerRun(timer), logsOf(context))),
  });
}

import { fire, type Scene, WITHOUT_TRIGGERS } from '../scene.ts';
import { soonDue } from '../soon-due.ts';

/** A sweep of two customers, with a grace period before the first is requested; a third is not included. */
export function nightlySweep(): Scene {
  const { schedule, dueMs } = soonDue();
  return {
    settings: { SWEEP_INCLUDE: '*.test.example', SWEEP_GRACE: 'PT1M', SWEEP_SCHEDULE: schedule },
    untilMs: dueMs,
    firstSettings: WITHOUT_TRIGGERS,
    async prepare({ sandbox }) {
      const add = (domain: string) => sandbox.sandbox.addCustomer({ domain }).customerId;
      const swept = [add('a.test.example'), add('b.test.example')];
      add('kept.other.example');
      const deleted = swept.map((customerId) => `sweep-${customerId} deleted`);
      return { outcomes: ['sweep announced', 'sweep completed', ...deleted], customersLeft: 1 };
    },
    begin: (_stack, host) => fire(host, 'nightlySweep'),
    again: (host) => fire(host, 'nightlySweep'),
  };
}

import { fire, type Scene, WITHOUT_TRIGGERS } from '../scene.ts';

/** A sweep of two customers, with a grace period before the first is requested; a third is not included. */
export function nightlySweep(): Scene {
  return {
    settings: { SWEEP_INCLUDE: '*.test.example', SWEEP_GRACE: 'PT1M' },
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

import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { describeCall } from '../../../src/teardown/model/call.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { CUSTOMER_ID, inventory, NOW_MS } from '../builders.ts';

/** A decision in words: kind, calls now, calls later; of an impossible one the reason, and the calls now if any. */
export function inWords(world: Partial<Inventory>, startedMs = NOW_MS): unknown {
  const decision = decide(inventory(world), NOW_MS, startedMs);
  const say = (calls: Parameters<typeof describeCall>[1][]) =>
    calls.map((call) =>
      describeCall(CUSTOMER_ID, call).replace(`/v1/customers/${CUSTOMER_ID}`, ''),
    );
  switch (decision.kind) {
    case 'delete':
      return 'delete';
    case 'unreleasable':
      return { parked: decision.parked.reason, now: say([...decision.now]) };
    case 'release':
      return { now: say([...decision.now]), later: say([...decision.later]) };
  }
}

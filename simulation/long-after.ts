import type { Cluster } from './cluster.ts';
import { ATTENTION, AUDIT } from './service-bus.ts';

const DAY_MS = 24 * 3_600_000;
/** The window of duplicate detection, and as long again as a teardown can take, so that all its ids are forgotten. */
const LONG_MS = 7 * DAY_MS + DAY_MS / 2;
const MAX_MESSAGES = 250;

/**
 * Sends the first request again after everything has ended, the outcomes are read, and Service Bus has forgotten the
 * MessageIds: this is another teardown. False if there is no request to send.
 */
export function comesAgain({ world, oracle }: Cluster): boolean {
  const [first] = world.scenario.requests;
  if (!world.scenario.comesAgain || first === undefined || first.flaw) return false;
  // By now no order is young, and no plan just reviewed.
  const { minIdle: _old, ifUnchanged: _reviewed, ...plan } = first;
  for (const path of [AUDIT, ATTENTION]) world.bus.receiveAndDelete(path, MAX_MESSAGES);
  world.reviews.delete(plan.messageId);
  world.time.advance(LONG_MS);
  oracle.askedAnew(plan);
  if (world.request(plan)) world.met.add('duplicate-detection window over');
  return true;
}

import type { Subscription, Term } from './model.ts';
import type { SandboxSettings } from './settings.ts';
import type { PurchaseSpec } from './spec.ts';

/** Terms of subscriptions: article create-a-new-subscription, sections on renewals and trials; article subscription-lifecycle. */

const DAY_MS = 24 * 3_600_000;
const TRIAL_MS = 30 * DAY_MS;
const LENGTHS_MS: Readonly<Record<string, number>> = {
  P1M: 30 * DAY_MS,
  P1Y: 365 * DAY_MS,
  P3Y: 3 * 365 * DAY_MS,
};

/** The term under way: an older purchase has been renewed meanwhile, a trial has not. */
export function currentTerm(
  spec: PurchaseSpec,
  bought: { readonly createdMs: number; readonly termDuration: string | undefined },
  nowMs: number,
  { renewalTakesMs, suspendedAtTermEnd }: SandboxSettings,
): Term {
  const lastsMs =
    spec.trial === true ? TRIAL_MS : (LENGTHS_MS[bought.termDuration ?? 'P1Y'] ?? DAY_MS);
  const renewals = spec.trial === true ? 0 : Math.floor((nowMs - bought.createdMs) / lastsMs);
  const startMs = bought.createdMs + renewals * lastsMs;
  const endMs = spec.termEndsInMs === undefined ? startMs + lastsMs : nowMs + spec.termEndsInMs;
  const ending = { endingTakesMs: renewalTakesMs, suspendedBecomes: suspendedAtTermEnd };
  return { startMs, endMs, lastsMs, ...ending };
}

/** From the end of the term until the renewal, or the expiry, is done. */
export function isTermEnding({ term, status }: Subscription, nowMs: number): boolean {
  return (
    term !== undefined && (status === 'active' || status === 'suspended') && nowMs >= term.endMs
  );
}

/** What the end of a term does: an active one is renewed or expires, a suspended one is disabled (or expires too); a trial is paid for from then on. */
export function settleTerm(subscription: Subscription, nowMs: number): void {
  const { term, change } = subscription;
  if (term === undefined || change !== undefined || !isTermEnding(subscription, nowMs)) return;
  const doneMs = term.endMs + term.endingTakesMs;
  if (nowMs < doneMs) return;
  subscription.version += 1;
  if (subscription.status === 'suspended') {
    subscription.status = term.suspendedBecomes;
  } else if (!subscription.autoRenew) {
    subscription.status = 'expired';
  } else {
    subscription.trial = false;
    subscription.scheduledChanges = false;
    const lastsMs = LENGTHS_MS[subscription.termDuration ?? 'P1Y'] ?? term.lastsMs;
    const terms = Math.floor((nowMs - term.endMs) / lastsMs);
    const startMs = term.endMs + terms * lastsMs;
    subscription.term = {
      startMs,
      endMs: startMs + lastsMs,
      lastsMs,
      endingTakesMs: term.endingTakesMs,
      suspendedBecomes: term.suspendedBecomes,
    };
  }
}

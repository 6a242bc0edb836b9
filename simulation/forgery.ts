import { createHash } from 'node:crypto';
import type { Cluster } from './cluster.ts';
import type { FaultKind } from './faults.ts';
import { isCheckName, teardownOf } from './oracle/names.ts';
import type { Oracle } from './oracle/oracle.ts';
import type { Forged, RequestPlan } from './scenario.ts';
import { CHECKS } from './service-bus.ts';
import { UNKNOWN_CUSTOMER_ID, type World } from './world.ts';

const MAX_MESSAGES = 250;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The highest number that a check can have. */
const LAST_ATTEMPT = 100_000;

type ForgedPlan = RequestPlan & { readonly forged: Forged };

interface Forgery {
  readonly messageId: string;
  readonly body: unknown;
  readonly kind: FaultKind;
  /** Tells the oracle that it was sent. */
  tell(oracle: Oracle): void;
}

/** A stranger with the right to send to the checks forges one, with or without its right MessageId. */
export function forge({ world, oracle }: Cluster): boolean {
  const { choices, met, time } = world;
  const { messageId, body, kind, tell } = forgery(world, planned(world));
  const scheduledMs = choices.among([0, 5_000, 10 * MINUTE_MS], 0.6);
  const when = scheduledMs > 0 ? { scheduledEnqueueTimeMs: time.nowMs + scheduledMs } : undefined;
  if (!world.send(CHECKS, { messageId, body, ...when })) return false;
  tell(oracle);
  met.add(kind);
  return true;
}

function forgery(world: World, plan: ForgedPlan): Forgery {
  const { attempt, startedMs } = plan.forged;
  const own = `${plan.messageId}:check:${attempt}`;
  const kinds = ['whole', 'noise', 'noise', 'under another name', 'newer'] as const;
  const how = world.choices.among(kinds, 0.4);
  if (how === 'newer') return newer(own, plan, world);
  const body = bodyOf(world, plan);
  if (how === 'noise') return foreign(own, { ...body, attempt: -1 });
  if (how === 'under another name') return foreign(nameOfAnother(world, own), body);
  if (isToCome(startedMs, world)) return foreign(own, body);
  const kind = attempt > 1_000 ? 'forged check far on' : 'forged check';
  return { messageId: own, body, kind, tell: (oracle) => oracle.somebodyForged(plan) };
}

function foreign(messageId: string, body: unknown): Forgery {
  const tell = (oracle: Oracle) => oracle.somebodySentForeign(messageId);
  return { messageId, body, kind: 'foreign check', tell };
}

function newer(messageId: string, plan: ForgedPlan, world: World): Forgery {
  const body = inNewerFormat(world, plan);
  if (isToCome(plan.forged.startedMs, world)) return foreign(messageId, body);
  const tell = (oracle: Oracle) => oracle.somebodyForgedNewer(plan, body);
  return { messageId, body, kind: 'forged check of a newer version', tell };
}

/** No check is of a teardown that begins later than now. */
function isToCome(startedMs: number, { time }: World): boolean {
  return startedMs > time.nowMs;
}

/** A check that says that it is of a version to come, whose requests nobody can read yet. */
function inNewerFormat({ choices }: World, { messageId, forged }: ForgedPlan) {
  return {
    format: 99,
    teardownId: messageId,
    attempt: forged.attempt,
    startedAt: new Date(forged.startedMs).toISOString(),
    request: { customers: ['all'], reason: forged.mark },
    ...(choices.chance(0.3) && { postponedFrom: choices.between(1, forged.attempt) }),
  };
}

/** A MessageId that is not that of this check. */
function nameOfAnother(world: World, own: string): string {
  const names = ['nobody', ...knownIds(world), ...checksOf(world).map(({ next }) => next)];
  const [first = 'noise', ...rest] = names.filter((name) => name !== own);
  return world.choices.among([first, ...rest]);
}

const knownIds = ({ scenario }: World) => scenario.requests.map(({ messageId }) => messageId);

/** The scheduled checks, and the MessageId of the next check of each. */
function checksOf({ bus }: World) {
  return bus
    .peek(CHECKS, 0, MAX_MESSAGES)
    .map(({ content }) => String(content.messageId))
    .filter(isCheckName)
    .map((id) => {
      const attempt = Number(id.slice(id.lastIndexOf(':') + 1)) + 1;
      const teardownId = teardownOf(id);
      return { teardownId, attempt, next: `${teardownId}:check:${attempt}` };
    });
}

function planned(world: World): ForgedPlan {
  const { choices, customers, scenario, time } = world;
  const checks = checksOf(world);
  const some = { attempt: choices.between(1, 6), teardownId: 'stranger' };
  const strangers = [...knownIds(world), 'stranger'].map((teardownId) => ({ ...some, teardownId }));
  const { teardownId, attempt: next } = choices.among([
    some,
    ...checks,
    ...checks,
    ...checks,
    ...strangers,
  ]);
  const attempt = Math.min(next, LAST_ATTEMPT);
  const own = scenario.requests.find(({ messageId }) => messageId === teardownId)?.customer;
  const customer = choices.chance(0.25) ? choices.between(-1, customers.length - 1) : (own ?? 0);
  const listsNothing = choices.chance(0.15);
  return {
    messageId: teardownId,
    ...(customer >= 0 && { customer }),
    ...(choices.chance(0.1) && { dryRun: true }),
    ...(choices.chance(0.1) && { minIdle: true }),
    ...(choices.chance(0.1) && { expectedDomain: choices.among(['right', 'wrong']) }),
    forged: {
      mark: `forged ${world.newId()}`,
      attempt: choices.among(
        [attempt, 50, 99, 100, 101, LAST_ATTEMPT - 1, LAST_ATTEMPT, LAST_ATTEMPT],
        0.5,
      ),
      startedMs: time.nowMs - choices.among([0, HOUR_MS, 3 * HOUR_MS, -HOUR_MS], 0.7),
      listsNothing,
    },
  };
}

/** Digests of no purchase at all, and their fingerprint. */
const PLAN = ['0'.repeat(32), 'f'.repeat(32)];
const FINGERPRINT = `v2:sha256:${createHash('sha256').update(JSON.stringify(PLAN)).digest('hex')}`;

function bodyOf(world: World, { messageId, forged, customer, ...asked }: ForgedPlan) {
  const { choices, customers } = world;
  const { id = UNKNOWN_CUSTOMER_ID, domain = 'nobody.onmicrosoft.com' } =
    customers[customer ?? -1] ?? {};
  const claimed = choices.among([domain, 'wrong.onmicrosoft.com', undefined], 0.4);
  return {
    teardownId: messageId,
    attempt: forged.attempt,
    startedAt: new Date(forged.startedMs).toISOString(),
    begun: choices.chance(0.7),
    ...(claimed !== undefined && { domain: claimed }),
    request: {
      customerTenantId: id,
      reason: forged.mark,
      ...(asked.dryRun && { dryRun: true }),
      ...(asked.minIdle && { minIdle: 'PT12H' }),
      ...(asked.expectedDomain && {
        expectedDomain: asked.expectedDomain === 'wrong' ? 'wrong.onmicrosoft.com' : domain,
      }),
      ...(forged.listsNothing && { ifUnchanged: FINGERPRINT }),
    },
    ...((forged.listsNothing || choices.chance(0.1)) && { plan: PLAN }),
    ...(choices.chance(0.1) && { missing: true }),
    ...(choices.chance(0.1) && { changed: `v2:sha256:${'a'.repeat(64)}` }),
    ...(choices.chance(0.1) && { delays: forged.attempt }),
    ...(choices.chance(0.1) && { written: ['DELETE everything'] }),
    ...(choices.chance(0.1) && { deadLetter: { reason: 'forged' } }),
  };
}

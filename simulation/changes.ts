import type { Cluster } from './cluster.ts';
import { forge } from './forgery.ts';
import type { OutsideChanges } from './outside-changes.ts';
import { CHECKS, REQUESTS } from './service-bus.ts';
import { shieldOf } from './shields.ts';
import { LATER_TENANT } from './world.ts';

/** A change from outside between two steps; true if there was something to change. */
export type Change = (cluster: Cluster) => boolean;

const MAX_MESSAGES = 250;

/** The changes that a run may have. */
export function changesOf(allowed: OutsideChanges): readonly Change[] {
  return [
    ...(allowed.mode ? [modeIsSwitched] : []),
    ...(allowed.protections ? [protectionsAreChanged] : []),
    ...(allowed.credentials ? [credentialsAreReplaced] : []),
    ...(allowed.forgeries ? [forge] : []),
    ...(allowed.removals ? [messageIsTakenOut] : []),
  ];
}

function modeIsSwitched({ world }: Cluster): boolean {
  const { mode, choices, met } = world;
  const others = (['enforce', 'dry-run', 'off'] as const).filter((other) => other !== mode);
  const [first = mode, ...rest] = others;
  // Mostly on again, or little would happen afterwards.
  world.mode = mode === 'enforce' ? choices.among([first, ...rest]) : 'enforce';
  met.add('mode switched');
  if (world.mode === 'off') met.add('switched off');
  return true;
}

/** One protection more or less. */
function protectionsAreChanged({ world }: Cluster): boolean {
  const { choices, customers, shields, met } = world;
  const [first, ...rest] = shields;
  if (first !== undefined && choices.chance(0.5)) {
    const removed = choices.among([first, ...rest]);
    world.shields = shields.filter((shield) => shield !== removed);
    met.add('protection removed');
    return true;
  }
  const added = shieldOf(choices.pick(customers.length), choices);
  world.shields = [...shields, added];
  met.add('protected meanwhile');
  return true;
}

/** To an account with none of these customers, and back; earlier tokens may stay valid for a while. */
function credentialsAreReplaced({ world, partnerCenter }: Cluster): boolean {
  const { sandbox, met } = world;
  const isBack = world.tenantId === LATER_TENANT;
  world.tenantId = isBack ? sandbox.tenantId : LATER_TENANT;
  if (world.choices.chance(0.7)) partnerCenter.revokeTokens();
  met.add(isBack ? 'credentials put back' : 'token of another tenant');
  return true;
}

/** A person cancels a scheduled message: its teardown does not continue. */
function messageIsTakenOut({ world, oracle }: Cluster): boolean {
  const { bus, choices, met, time } = world;
  const scheduled = [CHECKS, REQUESTS].flatMap((path) =>
    bus
      .peek(path, 0, MAX_MESSAGES)
      .filter(({ content }) => (content.scheduledEnqueueTimeMs ?? 0) > time.nowMs)
      .map(({ content, sequenceNumber }) => ({ path, content, sequenceNumber })),
  );
  const [first, ...rest] = scheduled;
  if (first === undefined) return false;
  const { path, content, sequenceNumber } = choices.among([first, ...rest]);
  bus.cancelScheduled(path, [sequenceNumber]);
  oracle.somebodyTookOut(String(content.messageId));
  met.add('message taken out');
  return true;
}

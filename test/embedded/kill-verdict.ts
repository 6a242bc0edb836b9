import type { Effect } from './effects.ts';
import type { Aftermath } from './killed-host.ts';

/** What is wrong with how a teardown ended, killed or not; nothing if all is as it should be. */
export function wrongEnd(aftermath: Aftermath): string[] {
  const { outcomes, changes, customersLeft, messagesLeft, earlyDeletes, thrown } = aftermath;
  const repeated = changes.filter((change, index) => changes.indexOf(change) !== index);
  return [
    ...(outcomes.length === 0 ? ['Lost: there is no outcome.'] : []),
    ...(outcomes.length > 1 ? [`There are ${outcomes.length} outcomes.`] : []),
    ...(outcomes.some((outcome) => outcome !== 'deleted')
      ? [`It ended ${outcomes.join(', ')}.`]
      : []),
    ...(customersLeft > 0 ? ['The customer is still there.'] : []),
    ...(messagesLeft > 0 ? [`${messagesLeft} messages are left.`] : []),
    ...(repeated.length > 0 ? [`Changed twice: ${repeated.join(', ')}.`] : []),
    ...(earlyDeletes > 0 ? [`${earlyDeletes} DELETEs came too early.`] : []),
    ...thrown.map((error) => `An invocation threw: ${error}`),
  ];
}

/** The same of a teardown whose host was to be killed at an effect that the undisturbed one had. */
export function wrongs(aftermath: Aftermath, effect: Effect, undisturbed: Aftermath): string[] {
  const { killedAt, changes } = aftermath;
  if (killedAt === undefined) {
    return ['The host was not killed: the teardown never came so far.', ...wrongEnd(aftermath)];
  }
  const sorted = (all: readonly string[]): string => all.toSorted().join(', ');
  return [
    ...(killedAt.name === effect.name ? [] : [`It was killed at "${killedAt.name}".`]),
    ...(sorted(changes) === sorted(undisturbed.changes)
      ? []
      : [`It changed ${changes.length} things, and ${undisturbed.changes.length} undisturbed.`]),
    ...wrongEnd(aftermath),
  ];
}

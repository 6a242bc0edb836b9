import type { Effect } from './effects.ts';
import type { Aftermath } from './killed-host.ts';

/** The expected outcomes that no event reported. */
export function missing({ outcomes, right }: Aftermath): string[] {
  return right.outcomes.filter((outcome) => !outcomes.includes(outcome));
}

/** The outcomes that were reported twice, or should not have been reported. */
export function tooMuch({ outcomes, right }: Aftermath): string[] {
  return outcomes.filter(
    (outcome, index) => outcomes.indexOf(outcome) !== index || !right.outcomes.includes(outcome),
  );
}

/** The problems with the end of a scene, killed or not; empty if there is none. */
export function wrongEnd(aftermath: Aftermath): string[] {
  const { changes, customersLeft, messagesLeft, earlyDeletes, thrown, waiting, right } = aftermath;
  const repeated = changes.filter((change, index) => changes.indexOf(change) !== index);
  const forAPerson = right.outcomes.filter((outcome) => /(?:parked|rejected)$/.test(outcome));
  return [
    ...missing(aftermath).map((outcome) => `Lost: ${outcome}.`),
    ...tooMuch(aftermath).map((outcome) => `One too many: ${outcome}.`),
    ...(customersLeft === right.customersLeft ? [] : [`${customersLeft} customers are left.`]),
    ...(messagesLeft > 0 ? [`${messagesLeft} messages are left.`] : []),
    ...(waiting === forAPerson.length ? [] : [`${waiting} events wait for a person.`]),
    ...(repeated.length > 0 ? [`Changed twice: ${repeated.join(', ')}.`] : []),
    ...(earlyDeletes > 0 ? [`${earlyDeletes} DELETEs came too early.`] : []),
    ...thrown.map((error) => `An invocation threw: ${error}`),
  ];
}

/** The same of a scene whose host was to be killed at an effect that the undisturbed one had. */
export function wrongs(aftermath: Aftermath, effect: Effect, undisturbed: Aftermath): string[] {
  const { killedAt, changes } = aftermath;
  if (killedAt === undefined) {
    return ['The host was not killed: the scene never came so far.', ...wrongEnd(aftermath)];
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

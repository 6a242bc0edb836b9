/** Names with these prefixes are ours; a mistyped one must not count as "not set". */
const OURS = /^(?:TEARDOWN|CHECK|SWEEP|SANDBOX|PROTECTED|DENIED|DEAD_LETTER|PARTNER_CENTER)_/i;

/** The contract suites' own variables. */
const NOT_OURS = /^PARTNER_CENTER_CONTRACT_/i;

/** A message for each variable that looks like one of our settings but is not; case matters. */
export function unknownSettings(
  names: readonly string[],
  known: readonly string[],
): readonly string[] {
  return names
    .filter((name) => OURS.test(name) && !NOT_OURS.test(name) && !known.includes(name))
    .map((name) => `${name} is not a setting; remove it, or correct its name.`);
}

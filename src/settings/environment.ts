export type Environment = Readonly<Record<string, string | undefined>>;

/** Adds the names that are not set, as undefined: only for those does the schema give its own message. */
export function withAllNames(
  names: readonly string[],
  set: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...Object.fromEntries(names.map((name) => [name, undefined])), ...set };
}

/** The variables that are set; a blank value counts as not set. */
export function variablesSet(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value]],
    ),
  );
}

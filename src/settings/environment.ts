export type Environment = Readonly<Record<string, string | undefined>>;

/** All of these names, because the schema has a message for one that is undefined, and none for no name at all. */
export function withAllNames(
  names: readonly string[],
  set: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...Object.fromEntries(names.map((name) => [name, undefined])), ...set };
}

/** The variables that are set; a blank one counts as not set. */
export function variablesSet(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value]],
    ),
  );
}

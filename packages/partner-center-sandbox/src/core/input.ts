/** The service's way with JSON it is sent: names in any case, nulls and unknown names ignored. */
export type Fields = ReadonlyMap<string, unknown>;

/**
 * The fields of a JSON object by lower-case name, without nulls; `undefined` if it is no object. The .NET SDK sends
 * PascalCase names and every null (reference: what its version 3.4.0 puts on the wire).
 */
export function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name.toLowerCase(), field]),
  );
}

export function textOf(fields: Fields | undefined, name: string): string | undefined {
  const value = fields?.get(name);
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(fields: Fields | undefined, name: string): number | undefined {
  const value = fields?.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** The first name that comes twice, in any letters. */
export function repeatedIn(names: Iterable<string>): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) return name;
    seen.add(name.toLowerCase());
  }
  return undefined;
}

export const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

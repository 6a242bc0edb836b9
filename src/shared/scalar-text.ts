/**
 * The text of a value from outside, where it is text, a number or a flag. Undefined for anything else: a map may have a
 * `toString` of its own, and to convert it would throw.
 */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

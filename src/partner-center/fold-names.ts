/** Deeper than any documented resource; a bound for what a hostile answer can make us do. */
const MOST_LEVELS = 40;

/**
 * A copy of a JSON value with every property name in lower case, because the service matches names without
 * regard to case. Throws a RangeError for a value nested deeper than 40 levels.
 */
export function foldNames(value: unknown, level = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (level >= MOST_LEVELS) {
    throw new RangeError(`The answer is nested deeper than ${MOST_LEVELS} levels.`);
  }
  if (Array.isArray(value)) return value.map((item) => foldNames(item, level + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.toLowerCase(), foldNames(item, level + 1)]),
  );
}

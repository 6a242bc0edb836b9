/** Deeper than any documented resource; bounds the work on a hostile answer. */
const MAX_LEVELS = 40;

/** Objects, lists and fields of one answer; a full page of orders has a few thousand. */
export const MAX_VALUES = 50_000;

/**
 * A copy of a JSON value with every property name in lower case, because the service ignores the case of names.
 *
 * @throws RangeError for a value nested deeper than 40 levels, or made of more than 50,000 values
 */
export function lowercaseKeys(value: unknown): unknown {
  let values = 0;
  const fold = (each: unknown, level: number): unknown => {
    values += 1;
    if (values > MAX_VALUES) {
      throw new RangeError(`The answer is made of more than ${MAX_VALUES} values.`);
    }
    if (typeof each !== 'object' || each === null) return each;
    if (level >= MAX_LEVELS) {
      throw new RangeError(`The answer is nested deeper than ${MAX_LEVELS} levels.`);
    }
    if (Array.isArray(each)) return each.map((item) => fold(item, level + 1));
    return Object.fromEntries(
      Object.entries(each).map(([name, item]) => [name.toLowerCase(), fold(item, level + 1)]),
    );
  };
  return fold(value, 0);
}

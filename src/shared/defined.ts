/** The same fields, but those that may be undefined are optional: `exactOptionalPropertyTypes` tells the two apart. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of the object without the fields that are undefined. */
export function defined<const T extends object>(fields: T): Defined<T>;
export function defined(fields: object): object {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) copy[name] = value;
  }
  return copy;
}

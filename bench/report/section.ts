/** How much is run: enough for a page of numbers, or as little as shows that it works. */
export type Size = 'full' | 'quick';

/** What people see of a section's results. */
export interface Shown {
  readonly tables: readonly string[];
  /** A sentence for the README, as an item of a list. */
  readonly inShort?: string;
  /** SVG, by the name of its file. */
  readonly charts?: Readonly<Record<string, string>>;
}

/** A part of the bench: what it measures is kept as JSON, and all that is shown is made from that. */
export interface Section {
  readonly name: string;
  measure(size: Size): Promise<unknown>;
  show(results: unknown): Shown;
}

export function section<Results>(
  name: string,
  measure: (size: Size) => Promise<Results>,
  show: (results: Results) => Shown,
): Section {
  return { name, measure, show: (results) => show(results as Results) };
}

/**
 * A snapshot as it is committed: the compiler writes the outputs in another order at every run, so that a diff would show
 * what has not changed.
 */
export function snapshotText(written: string): string {
  const snapshot = JSON.parse(written) as { readonly outputs: Readonly<Record<string, unknown>> };
  const byName = Object.entries(snapshot.outputs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ ...snapshot, outputs: Object.fromEntries(byName) }, null, 2);
}

/** Builds the bundle once before all tests: the embedded tests run what would be deployed. */
export async function setup(): Promise<void> {
  await import('../scripts/build.ts');
}

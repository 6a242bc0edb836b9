/** The client secret of the machine that builds; a test looks for it in the bundle. */
export const BUILD_CANARY = 'canary~of-the-machine-that-builds';

/** Builds the bundle once before all tests: the embedded tests run what would be deployed. */
export async function setup(): Promise<void> {
  process.env['PARTNER_CENTER_CLIENT_SECRET'] = BUILD_CANARY;
  try {
    await import('../scripts/build.ts');
  } finally {
    delete process.env['PARTNER_CENTER_CLIENT_SECRET'];
  }
}

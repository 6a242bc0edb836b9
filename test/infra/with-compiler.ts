import { describe, expect, it } from 'vitest';
import { type Compiler, findCompiler } from '../../scripts/infra/compiler.ts';

/** For the compiler, which is a program of its own on a machine that does other things too. */
export const LIMIT_MS = 600_000;

/**
 * Checks that need the real compiler; by hand, with what to fix: npm run infra. Where there is none, the run says that
 * nothing was checked, and under CI=true it fails.
 */
export async function withCompiler(
  what: string,
  checks: (compiler: Compiler) => void,
): Promise<void> {
  const bicep = await findCompiler();
  if (typeof bicep !== 'string') {
    describe(`${what}, by Bicep ${bicep.version}`, () => checks(bicep));
  } else if (process.env['CI'] === 'true') {
    it(`${what}: checked`, () => expect.fail(bicep));
  } else {
    console.warn(`${what}: NOT CHECKED. ${bicep}`);
    it.skip(`${what}: NOT CHECKED. ${bicep}`, () => {});
  }
}

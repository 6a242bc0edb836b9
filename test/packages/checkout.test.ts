import { join } from 'node:path';
import { expectUsageError, runCommand } from '@sandbox-teardown/shared/testing';
import { describe, expect, it } from 'vitest';
import { published } from '../../scripts/packages/build.ts';
import type { Manifest } from '../../scripts/packages/manifest.ts';
import { json, ROOT, text } from '../repository/files.ts';
import { npm } from './installed.ts';

describe.each(published)('%s, in this repository,', async (name) => {
  const manifest = await json<Manifest>(`packages/${name}/package.json`);

  it('is found by npx', async () => {
    const help = await npm(['exec', '--offline', '--', name, '--help'], ROOT);
    expect(help).toContain(`Usage: npx ${name} [options]`);
  });

  it('says in a sentence that this Node cannot run TypeScript, where that is so', async () => {
    const command = join(ROOT, 'packages', name, manifest.bin?.[name] ?? '');
    const said = runCommand('--no-strip-types', [command, '--help']);
    expect(await expectUsageError(said)).toMatch(/^This needs Node 22\.18 or newer/);
  });

  it('has its own name, a command of that name, and tests that run alone', () => {
    expect(manifest.name).toBe(name);
    expect(Object.keys(manifest.bin ?? {})).toEqual([name]);
    expect(manifest.scripts?.['test']).toContain(` packages/${name}/`);
  });

  it('has the same versions of dependencies as the app', async () => {
    const { dependencies, devDependencies } = await json<Manifest>('package.json');
    const app = { ...dependencies, ...devDependencies };
    const own = { ...manifest.dependencies, ...manifest.devDependencies };
    const others = Object.keys(own).filter((each) => (app[each] ?? own[each]) !== own[each]);
    expect(others).toEqual([]);
  });

  it('says in its README how it is used, and what it does not do', async () => {
    const readme = await text(`packages/${name}/README.md`);
    expect(readme).toContain(`npx ${name}`);
    expect(readme).toContain(`npm run pack-package -- ${name}`);
    expect(readme).toMatch(/^## (What it does not|Otherwise than)/m);
  });
});

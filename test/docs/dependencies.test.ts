import { describe, expect, it } from 'vitest';
import {
  allowedScripts,
  checksumObjections,
  licenceObjections,
  lockedPackages,
  scriptObjections,
  shippedLicences,
} from '../../scripts/dependencies.ts';

describe('dependencies', () => {
  it('run only install scripts that were reviewed', async () => {
    expect(scriptObjections(await lockedPackages(), await allowedScripts())).toEqual([]);
  });

  it('are all locked with a checksum', async () => {
    expect(checksumObjections(await lockedPackages())).toEqual([]);
  });

  it('that ship have an allowed licence', async () => {
    const licences = await shippedLicences();
    expect([...licences.keys()]).toEqual(expect.arrayContaining(['@azure/service-bus', 'valibot']));
    expect(licenceObjections(licences)).toEqual([]);
  });

  it('with a new install script, without a checksum, or under another licence are named', () => {
    const packages = {
      '': {},
      'node_modules/esbuild': { hasInstallScript: true },
      'node_modules/x/node_modules/@new/one': { hasInstallScript: true, integrity: 'sha512-x' },
    };
    expect(scriptObjections(packages, { esbuild: true, gone: true })).toEqual([
      '@new/one has an install script that is not on the allow-list.',
      'gone may run an install script, but has none.',
    ]);
    expect(checksumObjections(packages)).toHaveLength(1);
    expect(licenceObjections(new Map([['one', 'AGPL-3.0']]))).toHaveLength(1);
  });
});

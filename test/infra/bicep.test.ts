import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import * as check from '../../scripts/infra/check.ts';
import type { Compiler } from '../../scripts/infra/compiler.ts';
import { declared, type Template } from './template.ts';
import { LIMIT_MS, withCompiler } from './with-compiler.ts';

await withCompiler('the infrastructure', checkedBy);

function checkedBy(compiler: Compiler): void {
  let built = { template: '', objections: '' };
  beforeAll(async () => {
    built = await check.build(compiler);
  }, LIMIT_MS);

  it('builds without a warning', () => {
    expect(built.objections).toBe('');
  });

  it('passes every rule of the linter', { timeout: LIMIT_MS }, async () => {
    expect(await check.lint(compiler)).toBe('');
  });

  it('is formatted', { timeout: LIMIT_MS }, async () => {
    expect(await check.unformatted(compiler)).toEqual([]);
  });

  it.each(check.snapshots)(
    'does what the snapshot "%s" shows, resource by resource',
    { timeout: LIMIT_MS },
    async (name) => {
      expect(await check.compareSnapshot(compiler, name)).toBe('');
    },
  );

  it('writes a snapshot as it is committed, to the last byte: no diff shows what has not changed', {
    timeout: LIMIT_MS,
  }, async () => {
    const copy = await mkdtemp(join(tmpdir(), 'sandbox-teardown-snapshot-'));
    try {
      await cp(check.infra, copy, { recursive: true });
      await rm(join(copy, 'snapshots/default.snapshot.json'));
      expect(await check.writeSnapshot(compiler, 'default', copy)).toBe('');
      const [here, there] = await Promise.all(
        [check.infra, copy].map((folder) =>
          readFile(join(folder, 'snapshots/default.snapshot.json'), 'utf8'),
        ),
      );
      expect(there).toBe(here);
    } finally {
      await rm(copy, { recursive: true });
    }
  });

  it('creates the children of a topic one after the other: Service Bus refuses parallel ones with 409', () => {
    const template = JSON.parse(built.template) as Template;
    const subscriptions = declared(template, 'serviceBus/subscriptions');
    const rules = declared(template, 'serviceBus/rules');
    for (const { copy } of [subscriptions, rules]) {
      expect(copy).toMatchObject({ mode: 'serial', batchSize: 1 });
    }
    expect(rules.dependsOn).toEqual(['subscriptions']);
  });

  it('outputs no secret, and reads none from Azure', () => {
    expect(built.template).not.toMatch(/\blist(?:Keys|Secrets|ConnectionStrings|\w*Sas)?\(/i);
    expect(built.template).not.toMatch(/AccountKey|SharedAccessKey|"secure(?:string|object)"/i);
  });
}

import { describe, expect, it } from 'vitest';
import { importsBelow } from '../../scripts/layers/imports.ts';
import { objectionTo } from '../../scripts/layers/layers.ts';
import { allImports, packageObjectionTo } from '../../scripts/layers/packages.ts';

describe('an import', () => {
  it('leads down, wherever it stands in src', () => {
    const imports = importsBelow('src');
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.flatMap((each) => objectionTo(each) ?? [])).toEqual([]);
  });

  it.each([
    ['teardown/model/a.ts', 'teardown/reconcile/b.ts', 'in a higher folder'],
    ['redaction/a.ts', 'shared/b.ts', 'in a higher folder'],
    ['partner-center/http/a.ts', 'partner-center/b.ts', 'in a higher folder'],
    ['service-bus/a.ts', 'partner-center/auth/b.ts', 'do not know each other'],
    ['cli/consent/a.ts', 'functions/b.ts', 'do not know each other'],
    ['teardown/new/a.ts', 'teardown/model/b.ts', 'is no layer yet'],
    ['teardown/a.ts', 'teardown/new/b.ts', 'is no layer yet'],
  ])('of %s by which it takes %s is refused', (from, to, why) => {
    expect(objectionTo({ from, to })).toContain(why);
  });

  it.each([
    ['teardown/reconcile/a.ts', 'teardown/model/b.ts'],
    ['teardown/model/a.ts', 'teardown/model/b.ts'],
    ['main.ts', 'functions/b.ts'],
    ['service-bus/a.ts', 'teardown/b.ts'],
  ])('of %s by which it takes %s is fine', (from, to) => {
    expect(objectionTo({ from, to })).toBeUndefined();
  });
});

describe('an import of packages', () => {
  const own = { folder: 'packages/own', name: 'own', dependencies: { ky: '1' } };
  const other = { folder: 'packages/other', name: 'other' };
  const shared = { folder: 'packages/shared', name: '@x/shared', private: true };
  const devDependencies = { '@x/shared': '1', other: '1' };
  const all = [{ ...own, devDependencies }, other, shared];
  const objection = (from: string, to: string) => packageObjectionTo({ from, to }, all);

  it('goes by their exports, wherever it stands', () => {
    const imports = allImports();
    expect(imports.length).toBeGreaterThan(3000);
    expect(imports.flatMap((each) => packageObjectionTo(each) ?? [])).toEqual([]);
  });

  it.each([
    ['packages/own/src/a.ts', '../../../src/shared/b.ts', "across a package's border"],
    ['packages/own/test/a.ts', '../../other/src/b.ts', "across a package's border"],
    ['test/dev/a.test.ts', '../../packages/own/src/b.ts', "across a package's border"],
    ['src/shared/a.ts', 'own/core', 'src ships'],
    ['packages/own/src/a.ts', 'other', 'does not declare'],
    ['packages/own/src/a.ts', 'vitest', 'does not declare'],
    ['packages/own/test/a.ts', 'valibot', 'does not declare'],
  ])('of %s by which it takes %s is refused', (from, to, why) => {
    expect(objection(from, to)).toContain(why);
  });

  it.each([
    ['packages/own/src/a.ts', './b.ts'],
    ['packages/own/src/a.ts', 'ky'],
    ['packages/own/src/a.ts', 'node:fs'],
    ['packages/own/src/a.ts', '@x/shared/clock'],
    ['packages/own/test/a.ts', 'other/core'],
    ['dev/a.ts', 'own'],
    ['src/shared/a.ts', 'ky'],
  ])('of %s by which it takes %s is fine', (from, to) => {
    expect(objection(from, to)).toBeUndefined();
  });
});

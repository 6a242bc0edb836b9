import { describe, expect, it } from 'vitest';
import { circlesIn, objectionToCircle } from '../../scripts/layers/circles.ts';
import { betweenFiles, importedIn, importsBelow } from '../../scripts/layers/imports.ts';
import { objectionTo } from '../../scripts/layers/layers.ts';
import { allImports, packageObjectionTo } from '../../scripts/layers/packages.ts';

describe('an import', () => {
  it('leads down everywhere in src', () => {
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

describe('a circle of imports', () => {
  const imports = (...pairs: readonly string[]) =>
    pairs.map((pair) => {
      const [from = '', to = ''] = pair.split(' ');
      return { from, to };
    });

  it('does not exist in the repository', () => {
    const all = betweenFiles(allImports());
    expect(all.length).toBeGreaterThan(2000);
    expect(circlesIn(all).map(objectionToCircle)).toEqual([]);
  });

  it.each([
    ['of a file with itself', imports('a a'), [['a']]],
    ['of two files', imports('b a', 'a b'), [['a', 'b']]],
    [
      'of three, once, wherever it is entered',
      imports('x c', 'c a', 'a b', 'b c'),
      [['a', 'b', 'c']],
    ],
    ['behind one that is none', imports('a b', 'a c', 'b d', 'c d', 'd c'), [['c', 'd']]],
    [
      'beside another',
      imports('a b', 'b a', 'b c', 'c b'),
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
    ],
  ])('%s is found', (_name, given, circles) => {
    expect(circlesIn(given)).toEqual(circles);
  });

  it('is not found where two files import a third', () => {
    expect(circlesIn(imports('a c', 'b c', 'a b', 'c d'))).toEqual([]);
  });

  it('is found where a type is imported inline', () => {
    const file = (path: string) => `export type T = { readonly t: import('./${path}').T };`;
    const written = ['a.ts', 'b.ts'].flatMap((from, place) =>
      importedIn(file(place === 0 ? 'b.ts' : 'a.ts')).map((to) => ({ from, to })),
    );
    expect(circlesIn(betweenFiles(written)).map(objectionToCircle)).toEqual([
      'a.ts imports b.ts imports a.ts: move what they share to a file of its own.',
    ]);
  });
});

describe('an import of packages', () => {
  const own = { folder: 'packages/own', name: 'own', dependencies: { ky: '1' } };
  const other = { folder: 'packages/other', name: 'other' };
  const shared = { folder: 'packages/shared', name: '@x/shared', private: true };
  const devDependencies = { '@x/shared': '1', other: '1' };
  const all = [{ ...own, devDependencies }, other, shared];
  const objection = (from: string, to: string) => packageObjectionTo({ from, to }, all);

  it('uses their exports everywhere', () => {
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

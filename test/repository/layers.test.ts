import { describe, expect, it } from 'vitest';
import { importsBelow } from '../../scripts/layers/imports.ts';
import { objectionTo } from '../../scripts/layers/layers.ts';

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

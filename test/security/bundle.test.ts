import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../src/partner-center/clouds.ts';
import { BUILD_CANARY } from '../build-bundle.ts';

describe('the bundle', () => {
  it('contains nothing of the machine that built it, or of the embedded stack', async () => {
    const text = await readFile(new URL('../../dist/main.cjs', import.meta.url), 'utf8');
    expect(text).toContain('PARTNER_CENTER_CLIENT_SECRET');
    expect(text.includes(BUILD_CANARY)).toBe(false);
    expect(text.includes(process.cwd())).toBe(false);
    const { sources } = JSON.parse(
      await readFile(new URL('../../dist/main.cjs.map', import.meta.url), 'utf8'),
    ) as { sources: readonly string[] };
    expect(sources.length).toBeGreaterThan(50);
    expect(
      sources.filter(
        (path) => !/^(?:\.\.\/(?:src|node_modules)\/|webpack:\/\/@azure\/)/.test(path),
      ),
    ).toEqual([]);
    for (const { apiUrl } of Object.values(clouds)) expect(text).toContain(apiUrl);
  });
});

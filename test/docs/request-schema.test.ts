import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { requestJsonSchema, SCHEMA_FILE } from '../../scripts/request-schema.ts';

it('the published JSON Schema of a request is the one the code checks with (npm run schema makes it)', async () => {
  expect(await readFile(SCHEMA_FILE, 'utf8')).toBe(requestJsonSchema());
});

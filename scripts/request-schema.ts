import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { commandLine } from '@sandbox-teardown/shared/command-line';
import { toJsonSchema } from '@valibot/to-json-schema';
import { requestSchema } from '../src/teardown/model/request.ts';

/** The published contract of the queue `teardown-requests`. */
export const SCHEMA_FILE = fileURLToPath(
  new URL('../docs/teardown-request.schema.json', import.meta.url),
);

/** The JSON Schema of a teardown request, made from the schema that the app itself checks with. */
export function requestJsonSchema(): string {
  const schema = toJsonSchema(requestSchema, { typeMode: 'input', errorMode: 'ignore' });
  return `${JSON.stringify({ title: 'Sandbox teardown request', ...schema }, null, 2)}\n`;
}

if (import.meta.main) {
  commandLine('npm run schema --', 'Writes the JSON Schema of a request.').parse();
  const before = await readFile(SCHEMA_FILE, 'utf8').catch(() => '');
  const after = requestJsonSchema();
  if (before !== after) await writeFile(SCHEMA_FILE, after);
  console.log(`${SCHEMA_FILE}: ${before === after ? 'unchanged' : 'written'}`);
}

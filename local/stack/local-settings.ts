import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { UsageError } from '../../src/cli/command-line.ts';
import { APP_DIRECTORY } from './embedded-stack.ts';

const schema = v.object({ Values: v.optional(v.record(v.string(), v.string()), {}) });

/** The `Values` of local.settings.json; none where there is no such file. */
export async function localSettings(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(APP_DIRECTORY, 'local.settings.json'), 'utf8').catch(() => '{}');
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (read.success) return read.output.Values;
  throw new UsageError(
    'local.settings.json must be JSON with "Values" of text; compare it with local.settings.example.json.',
  );
}

/** The app's settings as it would see them: the environment goes before local.settings.json. */
export async function configured(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Readonly<Record<string, string | undefined>>> {
  return { ...(await localSettings()), ...environment };
}

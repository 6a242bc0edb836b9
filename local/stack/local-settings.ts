import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { APP_DIRECTORY } from './embedded-stack.ts';

const schema = v.object({ Values: v.optional(v.record(v.string(), v.string()), {}) });

/** The `Values` of local.settings.json; none where there is no such file. */
export async function localSettings(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(APP_DIRECTORY, 'local.settings.json'), 'utf8').catch(() => '{}');
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (read.success) return read.output.Values;
  throw new Error(
    'local.settings.json must be JSON with "Values" of text; compare it with local.settings.example.json.',
  );
}

/** The Service Bus connection string that is configured, in the environment or in local.settings.json. */
export async function configuredConnection(): Promise<string | undefined> {
  const { ServiceBusConnection } = { ...(await localSettings()), ...process.env };
  return ServiceBusConnection || undefined;
}

/** Whether this app is configured for a namespace of its own, by connection string or by identity. */
export async function isConfigured(): Promise<boolean> {
  const settings = { ...(await localSettings()), ...process.env };
  return Boolean(
    settings['ServiceBusConnection'] || settings['ServiceBusConnection__fullyQualifiedNamespace'],
  );
}

import { UsageError, visible } from '@sandbox-teardown/shared/command-line';
import * as v from 'valibot';
import { readAppFile } from './app-directory.ts';

/** Settings by name, as a function app sees them in its environment. */
export type AppSettings = Readonly<Record<string, string | undefined>>;

const AS_THE_EXAMPLE =
  'The file must be a JSON object whose "Values" are texts, such as {"Values":{"GREETING":"hello"}}.';

/** Valibot takes a list for an object. */
const anObject = v.check<unknown, string>((value) => !Array.isArray(value), 'must be an object');

const localSettings = v.pipe(
  v.unknown(),
  anObject,
  v.object(
    {
      IsEncrypted: v.optional(
        v.literal(false, 'is not supported; decrypt it with "func settings decrypt"'),
      ),
      Values: v.optional(
        v.pipe(
          v.unknown(),
          anObject,
          v.record(v.string(), v.string('must be text'), 'must be an object of texts'),
        ),
        {},
      ),
    },
    'must be an object',
  ),
);

/**
 * Reads the `Values` of a local.settings.json.
 * @throws UsageError with a message, if the text is no JSON or `Values` is not an object of texts.
 */
export function parseLocalSettings(text: string): Record<string, string> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Without the parser's own words, which quote the file: there may be a secret in it.
    throw new UsageError(`local.settings.json is not valid JSON. ${AS_THE_EXAMPLE}`);
  }
  const result = v.safeParse(localSettings, document);
  if (result.success) return result.output.Values;
  const [issue] = result.issues;
  throw new UsageError(
    `local.settings.json: ${visible(v.getDotPath(issue) ?? 'the document')} ${issue.message}. ${AS_THE_EXAMPLE}`,
  );
}

/**
 * The `Values` of an app's local.settings.json; none where there is no such file.
 * @throws UsageError with a message where it cannot be read, or holds anything else
 */
export function readLocalSettings(directory: string): Record<string, string> {
  const text = readAppFile(directory, 'local.settings.json');
  return text === undefined ? {} : parseLocalSettings(text);
}

/**
 * Replaces each `%NAME%` by the setting of that name, as the real host does in names and schedules.
 * @throws UsageError naming the setting, if it is missing.
 */
export function resolveSettings(text: string, settings: AppSettings): string {
  return text.replaceAll(/%([^%]+)%/g, (_match, name: string) => {
    const value = settings[name];
    if (value === undefined || value === '') {
      throw new UsageError(`'%${name}%' cannot be resolved: set the app setting '${name}'.`);
    }
    return value;
  });
}

/**
 * Finds the connection string a binding's `connection` names: `AzureWebJobs<name>` goes before `<name>`, as in the real host.
 * @throws UsageError with a message, if there is none or the connection is by identity, for which a local host has no credential.
 */
export function resolveConnectionString(connection: string, settings: AppSettings): string {
  const names = [`AzureWebJobs${connection}`, connection];
  for (const name of names) {
    const value = settings[name];
    if (value !== undefined && value !== '') return value;
  }
  const identity = names.find((name) => settings[`${name}__fullyQualifiedNamespace`]);
  if (identity !== undefined) {
    throw new UsageError(
      `connection '${connection}' is by identity ('${identity}__fullyQualifiedNamespace'), which this host cannot use: set '${connection}' to a connection string.`,
    );
  }
  throw new UsageError(
    `connection '${connection}' is not set: set the app setting '${connection}' to a Service Bus connection string.`,
  );
}

/** Tells whether a function is switched off by `AzureWebJobs.<name>.Disabled`. */
export function isDisabled(functionName: string, settings: AppSettings): boolean {
  const value =
    settings[`AzureWebJobs.${functionName}.Disabled`] ??
    settings[`AzureWebJobs_${functionName}_Disabled`];
  return value !== undefined && ['true', '1'].includes(value.toLowerCase());
}

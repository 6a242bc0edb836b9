import { readAppFile } from '../functions-host/app-directory.ts';
import { parseLocalSettings } from '../functions-host/app-settings.ts';
import { APP_DIRECTORY } from './embedded-stack.ts';

/**
 * The `Values` of local.settings.json; none where there is no such file.
 * @throws UsageError with a sentence where it cannot be read, or holds anything else
 */
export function localSettings(directory = APP_DIRECTORY): Readonly<Record<string, string>> {
  const text = readAppFile(directory, 'local.settings.json');
  return text === undefined ? {} : parseLocalSettings(text);
}

/** The app's settings as it would see them: the environment goes before local.settings.json. */
export async function configured(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Readonly<Record<string, string | undefined>>> {
  return { ...localSettings(), ...environment };
}

import { readLocalSettings } from 'local-functions-host';
import { APP_DIRECTORY } from './embedded-stack.ts';

/** The app's settings: the environment goes before local.settings.json. */
export async function configured(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Readonly<Record<string, string | undefined>>> {
  return { ...readLocalSettings(APP_DIRECTORY), ...environment };
}

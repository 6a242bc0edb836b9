import { UsageError } from '@sandbox-teardown/shared/command-line';
import { readHostSettings } from 'local-functions-host';
import { readSettings } from '../../src/settings/settings.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';

type Settings = Readonly<Record<string, string | undefined>>;

const ANY_ID = '00000000-0000-0000-0000-000000000001';

/** The settings of a running stack, with invalid values: they let the other settings be checked before anything starts. */
export const LIKE_A_STACKS: Settings = {
  ServiceBusConnection:
    'Endpoint=sb://127.0.0.1;SharedAccessKeyName=none;SharedAccessKey=nothing-is-started-yet;UseDevelopmentEmulator=true;',
  SANDBOX_TENANT_ID: ANY_ID,
  PARTNER_CENTER_API_URL: 'http://127.0.0.1',
  PARTNER_CENTER_LOGIN_URL: 'https://127.0.0.1',
  PARTNER_CENTER_CLIENT_ID: ANY_ID,
  PARTNER_CENTER_CLIENT_SECRET: 'nothing-is-started-yet',
};

/**
 * The app and its host would reject them too, but later, and among other output.
 * @throws UsageError naming every setting that is wrong
 */
export function requireRightSettings(host: 'embedded' | 'core-tools', settings: Settings): void {
  try {
    readSettings(settings);
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message) : error;
  }
  if (host === 'embedded') readHostSettings(APP_DIRECTORY, settings);
}

import { redact } from '../redaction/redact.ts';
import type { Environment } from '../settings/environment.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { errorMessage } from '../shared/error-message.ts';
import { commandLine, WRONG_USE } from './command-line.ts';
import { byBrowser } from './consent/browser.ts';
import { consent } from './consent/consent.ts';
import { readConsentSettings } from './consent/consent-settings.ts';
import { byDeviceCode } from './consent/device-code.ts';

/**
 * `npm run sandbox-teardown -- <command>`: what an operator does by hand. Returns the exit code.
 *
 * @param argv `process.argv`, with Node and the script first
 */
export async function sandboxTeardown(
  argv: readonly string[],
  environment: Environment,
): Promise<number> {
  const program = commandLine(
    'npm run sandbox-teardown --',
    'What the operator of a sandbox teardown does by hand.',
  );
  program
    .command('consent')
    .description(
      'Signs a person in for the app (PARTNER_CENTER_SIGN_IN "app-and-user"), and keeps the refresh token in the Key Vault. Takes the same settings as the app, from the environment.',
    )
    .option('--loopback', 'sign in with a browser on this machine, not with a code on any device')
    .action(async ({ loopback }: { loopback?: true }) => {
      const settings = readConsentSettings(environment);
      const by = loopback === true ? byBrowser : byDeviceCode;
      await consent(settings, by(settings, settings.credential), say, () => Date.now());
    });
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    console.error(redact(errorMessage(error)));
    return error instanceof SettingsError ? WRONG_USE : 1;
  }
}

const say = (line: string): void => console.log(redact(line));

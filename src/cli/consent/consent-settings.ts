import * as v from 'valibot';
import type { AppCredential, SignIn } from '../../partner-center/auth/sign-in-kinds.ts';
import { type Environment, variablesSet, withAllNames } from '../../settings/environment.ts';
import {
  type PartnerCenterSettings,
  partnerCenterEntries,
  partnerCenterFrom,
} from '../../settings/partner-center.ts';
import { settingNames } from '../../settings/settings.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { unknownSettings } from '../../settings/unknown-settings.ts';

export interface ConsentSettings extends PartnerCenterSettings {
  readonly signIn: SignIn & { readonly kind: 'app-and-user' };
  readonly credential: Exclude<AppCredential, { kind: 'federated-identity' }>;
}

/**
 * The app's settings that a consent needs. The application must prove itself here as it does in Azure, because
 * Microsoft Entra lets it redeem only what it got as the same kind of client (AADSTS700025,
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes); and its managed identity does not exist on
 * this machine.
 *
 * @throws SettingsError naming every invalid setting and what it must be
 */
export function readConsentSettings(environment: Environment): ConsentSettings {
  const set = { PARTNER_CENTER_SIGN_IN: 'app-and-user', ...variablesSet(environment) };
  const parsed = v.safeParse(v.object(partnerCenterEntries), withAllNames(settingNames, set));
  const messages = [
    ...unknownSettings(Object.keys(set), settingNames),
    ...(parsed.issues ?? []).map(({ message }) => message),
  ];
  if (!parsed.success || messages.length > 0) throw new SettingsError([...new Set(messages)]);
  const settings = partnerCenterFrom(parsed.output);
  if (!('signIn' in settings)) throw new SettingsError(settings);
  const { signIn } = settings;
  if (signIn.kind !== 'app-and-user') {
    throw new SettingsError([
      `PARTNER_CENTER_SIGN_IN must be "app-and-user" for a consent, but is "${signIn.kind}".`,
    ]);
  }
  const { credential } = signIn;
  if (credential.kind === 'federated-identity') {
    throw new SettingsError([
      'PARTNER_CENTER_CLIENT_SECRET or a certificate is missing: the managed identity that stands for the application in Azure is not on this machine. Give the application a secret for an hour, set it here, and remove it after the consent.',
    ]);
  }
  return { ...settings, signIn, credential };
}

import { UsageError } from '../../src/cli/command-line.ts';

type Settings = Readonly<Record<string, string | undefined>>;

const NAMESPACE = 'ServiceBusConnection__fullyQualifiedNamespace';

/** What says which sandbox, and who signs in to it; how to ask it (a timeout, a pace) means something anywhere. */
const WHICH_SANDBOX =
  /^(?:SANDBOX_TENANT_ID|PARTNER_CENTER_(?:CLOUD|API_URL|LOGIN_URL|SIGN_IN|CLIENT_|CERTIFICATE_|REFRESH_TOKEN_|IDENTITY_).*)$/;

const isSet = (value: string | undefined) => (value ?? '').trim() !== '';

/**
 * Whether the app is configured for a namespace of its own, by connection string or by identity; else it works on the
 * simulated sandbox.
 * @throws UsageError where a sandbox is configured and no Service Bus: nobody means the simulated one then
 */
export function isConfigured(settings: Settings): boolean {
  if (isSet(settings['ServiceBusConnection']) || isSet(settings[NAMESPACE])) return true;
  const names = Object.keys(settings).filter(
    (name) => WHICH_SANDBOX.test(name) && isSet(settings[name]),
  );
  if (names.length === 0) return false;
  throw new UsageError(
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set, and no Service Bus: set ServiceBusConnection too, or unset ${names.length === 1 ? 'it' : 'them'} for the simulated sandbox.`,
  );
}

/** @throws UsageError where the host that would run has no credential for the connection */
export function requireConnectionFor(host: 'embedded' | 'core-tools', settings: Settings): void {
  if (host === 'core-tools' || isSet(settings['ServiceBusConnection'])) return;
  throw new UsageError(
    `${NAMESPACE} needs Azure Functions Core Tools, which are not installed: install them, or set ServiceBusConnection to a connection string.`,
  );
}

/** The mode on the simulated sandbox: what is configured counts there too; nothing else is there to be torn down. */
export function modeOnSimulatedSandbox({ TEARDOWN_MODE }: Settings): string {
  return isSet(TEARDOWN_MODE) ? String(TEARDOWN_MODE) : 'enforce';
}

import { UsageError } from '@sandbox-teardown/shared/command-line';

type Settings = Readonly<Record<string, string | undefined>>;

const CONNECTION = 'ServiceBusConnection';
const NAMESPACE = `${CONNECTION}__fullyQualifiedNamespace`;
const BY_IDENTITY = `${CONNECTION}__`;
/** A functions host reads a connection of this name first, the app never does: each would use another Service Bus. */
const HIDDEN_CONNECTION = /^AzureWebJobsServiceBusConnection(?:__|$)/;

/** The settings for the sandbox and its sign-in; those about requests (time-outs, limits) apply to any sandbox. */
const WHICH_SANDBOX =
  /^(?:SANDBOX_(?:TENANT_ID|DOMAIN)|PARTNER_CENTER_(?:CLOUD|API_URL|LOGIN_URL|SIGN_IN|CLIENT_|CERTIFICATE_|REFRESH_TOKEN_|IDENTITY_).*)$/;

const isSet = (value: string | undefined) => (value ?? '').trim() !== '';

/**
 * Whether the app is configured for a namespace of its own, by connection string or by identity; else it works on the
 * simulated sandbox.
 * @throws UsageError where a sandbox, or half a connection, is configured without a Service Bus: the simulated one
 * cannot be meant then
 */
export function isConfigured(settings: Settings): boolean {
  const names = Object.keys(settings).filter((name) => isSet(settings[name]));
  const hidden = names.find((name) => HIDDEN_CONNECTION.test(name));
  if (hidden !== undefined) {
    throw new UsageError(
      `${hidden} is set, which only the functions host would heed: unset it, and set ${hidden.replace('AzureWebJobs', '')} instead.`,
    );
  }
  if (connectionSettings(settings).length > 0) return true;
  const half = names.filter((name) => name.startsWith(BY_IDENTITY));
  if (half.length > 0) {
    throw new UsageError(
      `${isOrAre(half)} set, which is half a connection: set ${NAMESPACE} too, or unset ${itOrThem(half)} for the simulated sandbox.`,
    );
  }
  const ofSandbox = names.filter((name) => WHICH_SANDBOX.test(name));
  if (ofSandbox.length === 0) return false;
  throw new UsageError(
    `${isOrAre(ofSandbox)} set, and no Service Bus: set ${CONNECTION} too, or unset ${itOrThem(ofSandbox)} for the simulated sandbox.`,
  );
}

const isOrAre = (names: readonly string[]) =>
  `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'}`;
const itOrThem = (names: readonly string[]) => (names.length === 1 ? 'it' : 'them');

/** The setting by which a Service Bus is configured. */
function connectionSettings(settings: Settings): readonly string[] {
  return [CONNECTION, NAMESPACE].filter((name) => isSet(settings[name]));
}

/** @throws UsageError where options of the simulated sandbox are given, and another Service Bus is configured */
export function requireNoOptions(options: object, settings: Settings): void {
  if (Object.keys(options).length === 0) return;
  const names = connectionSettings(settings);
  throw new UsageError(
    `The options are of the simulated sandbox, and ${isOrAre(names)} set: leave them out, or unset ${itOrThem(names)}.`,
  );
}

/** @throws UsageError where the host that would run has no credential for the connection */
export function requireConnectionFor(host: 'embedded' | 'core-tools', settings: Settings): void {
  if (host === 'core-tools' || isSet(settings[CONNECTION])) return;
  throw new UsageError(
    `${NAMESPACE} needs Azure Functions Core Tools, which are not installed: install them, or set ${CONNECTION} to a connection string.`,
  );
}

/** The mode on the simulated sandbox: the configured one, or enforce, because there are no real customers. */
export function modeOnSimulatedSandbox({ TEARDOWN_MODE }: Settings): string {
  return isSet(TEARDOWN_MODE) ? String(TEARDOWN_MODE) : 'enforce';
}

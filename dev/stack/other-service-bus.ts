import { connect } from 'node:net';
import { UsageError } from '@sandbox-teardown/shared/command-line';

/** Where Microsoft's emulator listens when compose.yaml runs it. It takes any key. */
const EMULATOR =
  'Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;';

const DEFAULT_PORT = 5672;
const ANSWER_LIMIT_MS = 5_000;

/**
 * The connection string that `--service-bus` means: `emulator`, or one of an emulator.
 *
 * @throws UsageError with a message where it is neither, or where nothing listens there
 */
export async function otherServiceBus(option: string): Promise<string> {
  const connectionString = option === 'emulator' ? EMULATOR : option;
  const address = addressIn(connectionString);
  if (address === undefined || !/UseDevelopmentEmulator=true/i.test(connectionString)) {
    throw new UsageError(
      '--service-bus must be "emulator", or the connection string of an emulator: "Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…;UseDevelopmentEmulator=true;". For a namespace in Azure set ServiceBusConnection.',
    );
  }
  const { host, port } = address;
  if (await listens(host, port)) return connectionString;
  throw new UsageError(
    `Nothing listens at ${host}:${port}. Start the emulator with "docker compose up --detach", wait for it, and try again.`,
  );
}

/** Where a connection string points to. */
export function addressIn(
  connectionString: string,
): { readonly host: string; readonly port: number } | undefined {
  const [, host, port = DEFAULT_PORT] =
    /(?:^|;)Endpoint=sb:\/\/([^;:/]+)(?::(\d{1,5}))?/i.exec(connectionString) ?? [];
  return host === undefined ? undefined : { host, port: Number(port) };
}

/** Whether something on this machine, or another, takes connections there. */
export function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_LIMIT_MS });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true));
    socket.once('timeout', end(false));
    socket.once('error', end(false));
  });
}

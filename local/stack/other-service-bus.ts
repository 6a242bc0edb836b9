import { connect } from 'node:net';

/** Where Microsoft's emulator listens when compose.yaml runs it. It takes any key. */
const EMULATOR =
  'Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;';

const DEFAULT_PORT = 5672;
const ANSWER_LIMIT_MS = 5_000;

/**
 * The connection string that `--service-bus` means: `emulator`, or one of an emulator.
 *
 * @throws Error with a sentence where it is neither, or where nothing listens there
 */
export async function otherServiceBus(option: string): Promise<string> {
  const connectionString = option === 'emulator' ? EMULATOR : option;
  const host = /(?:^|;)Endpoint=sb:\/\/([^;:/]+)(?::(\d+))?/i.exec(connectionString);
  if (host?.[1] === undefined || !/UseDevelopmentEmulator=true/i.test(connectionString)) {
    throw new Error(
      '--service-bus must be "emulator", or the connection string of an emulator: "Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…;UseDevelopmentEmulator=true;". For a namespace in Azure set ServiceBusConnection.',
    );
  }
  const [, name, port = String(DEFAULT_PORT)] = host;
  if (await listens(name, Number(port))) return connectionString;
  throw new Error(
    `Nothing listens at ${name}:${port}. Start the emulator with "docker compose up --detach", wait for it, and try again.`,
  );
}

function listens(host: string, port: number): Promise<boolean> {
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

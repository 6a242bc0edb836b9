import { orEnd, untilInterrupted } from '@sandbox-teardown/shared/command-line';
import { stackArguments, stackCommand } from './stack/stack-arguments.ts';
import { startStack } from './stack/start-stack.ts';

// `npm run stack`: only the embedded stack, until Ctrl-C. One JSON line on stdout says where it is.

const stack = await orEnd(() =>
  startStack(
    stackArguments(
      stackCommand(
        'npm run stack --',
        'A Service Bus and a simulated sandbox on this machine, until Ctrl-C; prints one JSON line with their endpoints and settings.',
      ),
    ),
  ),
);
console.log(
  JSON.stringify({
    serviceBus: { connectionString: stack.connectionString },
    partnerCenter: {
      apiUrl: stack.sandbox.apiUrl,
      loginUrl: stack.sandbox.loginUrl,
      controlUrl: stack.sandbox.controlUrl,
      controlToken: stack.sandbox.controlToken,
    },
    settings: stack.settings,
  }),
);
await untilInterrupted();
await stack.close();

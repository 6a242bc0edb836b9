import { startStack } from './stack/start-stack.ts';
import { untilInterrupted } from './stack/until-interrupted.ts';

// `npm run stack`: only the embedded stack, until Ctrl-C. One JSON line on stdout says where it is.
// `npm run stack -- --journal <file> --port <number>` has the Service Bus keep its messages and its address.
const stack = await startStack();
console.log(
  JSON.stringify({
    serviceBus: { connectionString: stack.connectionString },
    partnerCenter: {
      apiUrl: stack.sandbox.apiUrl,
      loginUrl: stack.sandbox.loginUrl,
      controlUrl: stack.sandbox.controlUrl,
    },
    settings: stack.settings,
  }),
);
await untilInterrupted();
await stack.close();

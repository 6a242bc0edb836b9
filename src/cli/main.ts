import { sandboxTeardown } from './program.ts';

// Not part of the deployed functions.
process.exitCode = await sandboxTeardown(process.argv, process.env);

import { sandboxTeardown } from './program.ts';

// Never part of the functions.
process.exitCode = await sandboxTeardown(process.argv, process.env);

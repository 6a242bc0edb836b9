import { untilInterrupted } from '@sandbox-teardown/shared/command-line';
import { spawnFunctionsHost } from 'local-functions-host';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';

/** The setting by which Core Tools, too, hands arguments to the Node that runs the functions. */
const NODE_ARGUMENTS = 'languageWorkers__node__arguments';

/**
 * Runs the functions in the embedded host until Ctrl-C, or until it ends; resolves to the exit code. With
 * `languageWorkers__node__arguments=--inspect=9229` a debugger can attach to it.
 */
export async function runEmbeddedHost(settings: Readonly<Record<string, string>>): Promise<number> {
  const environment = Object.fromEntries(
    Object.entries({ ...process.env, ...settings }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  // Before the host: Ctrl-C while it starts must end everything in order too.
  let isInterrupted = false;
  const interrupted = untilInterrupted().then(() => {
    isInterrupted = true;
  });
  const starting = spawnFunctionsHost({
    appDirectory: APP_DIRECTORY,
    environment,
    nodeArguments: (environment[NODE_ARGUMENTS] ?? '').split(' ').filter((text) => text !== ''),
    onOutput: (line, stream) => process[stream].write(`${line}\n`),
  });
  const host = await starting.catch((error: unknown) => {
    // A terminal's Ctrl-C reaches the host by itself, which then never starts.
    if (!isInterrupted) throw error;
  });
  if (host === undefined) return 0;
  const ended = await Promise.race([interrupted.then(() => host.stop()), host.exited]);
  return ended.exitCode ?? 1;
}

import { spawnFunctionsHost } from '../functions-host/spawn-functions-host.ts';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';
import { untilInterrupted } from '../stack/until-interrupted.ts';

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
  const host = await spawnFunctionsHost({
    appDirectory: APP_DIRECTORY,
    environment,
    nodeArguments: (environment[NODE_ARGUMENTS] ?? '').split(' ').filter((text) => text !== ''),
    onOutput: (line, stream) => process[stream].write(`${line}\n`),
  });
  const interrupted = untilInterrupted().then(() => host.stop());
  const ended = await Promise.race([interrupted, host.exited]);
  return ended.exitCode ?? 1;
}

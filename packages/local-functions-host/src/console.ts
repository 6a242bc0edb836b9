import { format } from 'node:util';
import type { LogLevel } from './core-contract.ts';
import type { Log } from './log.ts';

const CATEGORY = 'Host.Function.Console';
const TO_STDOUT = ['log', 'info', 'debug'] as const;
const TO_STDERR = ['warn', 'error'] as const;

/**
 * What the app writes to the console becomes lines of the host's log, as in the real host, which reads them from the
 * worker's output (`WorkerProcess`): the level of a line on stderr is guessed from its words.
 */
export function logConsole(target: Console, log: Log): void {
  const write =
    (levelOf: (line: string) => LogLevel) =>
    (...values: unknown[]) => {
      for (const message of format(...values).split('\n')) {
        log({ level: levelOf(message), category: CATEGORY, message });
      }
    };
  for (const method of TO_STDOUT) target[method] = write(() => 'information');
  for (const method of TO_STDERR) target[method] = write(levelOfErrorLine);
}

function levelOfErrorLine(line: string): LogLevel {
  if (/warn/i.test(line)) return 'warning';
  return /error|fail|severe|unhandled exception/i.test(line) ? 'error' : 'information';
}

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quoted, UsageError } from '@sandbox-teardown/shared/command-line';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';

/**
 * The path of Azure Functions Core Tools, where it is installed. The npm package alone does not count: its
 * program is downloaded by an install script, which may have been kept from running. `FUNCTIONS_HOST=embedded`
 * excludes it.
 * @throws UsageError where FUNCTIONS_HOST is anything else
 */
export function findCoreTools(): string | undefined {
  if (wantsEmbedded(process.env['FUNCTIONS_HOST'])) return undefined;
  const program = process.platform === 'win32' ? 'func.exe' : 'func';
  const bundled = join(APP_DIRECTORY, 'node_modules/azure-functions-core-tools/bin', program);
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    // npm puts the packages' start scripts there, which would download the program.
    .filter((directory) => directory !== '' && !directory.includes('node_modules'))
    .map((directory) => join(directory, program));
  return [bundled, ...onPath].find((path) => existsSync(path));
}

/** Whether the embedded host is asked for, whatever is installed. @throws UsageError where it is any other text */
export function wantsEmbedded(text = ''): boolean {
  const host = text.trim();
  if (host === '' || host === 'embedded') return host !== '';
  throw new UsageError(
    `FUNCTIONS_HOST must be "embedded", or not set, but is ${quoted(host)}: correct it, or unset it for Core Tools where they are installed.`,
  );
}

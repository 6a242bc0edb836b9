import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';

/**
 * The path of Azure Functions Core Tools, where it is installed. The npm package alone does not count: its
 * program is downloaded by an install script, which may have been kept from running. `FUNCTIONS_HOST=embedded`
 * says not to look for it.
 */
export function findCoreTools(): string | undefined {
  if (process.env['FUNCTIONS_HOST'] === 'embedded') return undefined;
  const program = process.platform === 'win32' ? 'func.exe' : 'func';
  const bundled = join(APP_DIRECTORY, 'node_modules/azure-functions-core-tools/bin', program);
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    // npm puts the packages' start scripts there, which would download the program.
    .filter((directory) => directory !== '' && !directory.includes('node_modules'))
    .map((directory) => join(directory, program));
  return [bundled, ...onPath].find((path) => existsSync(path));
}

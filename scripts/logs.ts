import { readFile, writeFile } from 'node:fs/promises';
import { commandLine } from '@sandbox-teardown/shared/command-line';
import { PRELUDE, preludeText, QUERIES } from './log-queries.ts';
import { LOGS_PAGE, logsPage } from './log-tables.ts';
import { OPERATE_PAGE, operatePage } from './reason-table.ts';
import { WORKBOOK_FILE, workbookText } from './workbook.ts';

/** Every file that is made from the log's schema, the reasons and the saved queries, with its text. */
export async function madeFromSchema(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [`${QUERIES}${PRELUDE}`, preludeText()],
    [WORKBOOK_FILE, await workbookText()],
    [LOGS_PAGE, await logsPage()],
    [OPERATE_PAGE, await operatePage()],
  ]);
}

if (import.meta.main) {
  commandLine(
    'npm run logs --',
    'Writes the tables of the log and of the reasons, and the workbook, from their one source.',
  ).parse();
  for (const [file, after] of await madeFromSchema()) {
    const before = await readFile(file, 'utf8').catch(() => '');
    if (before !== after) await writeFile(file, after);
    console.log(`${file}: ${before === after ? 'unchanged' : 'written'}`);
  }
}

import { readFile } from 'node:fs/promises';

/** Tables in pages that a script writes. */

export const code = (name: string): string => `\`${name}\``;

export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function table(heads: readonly string[], rows: readonly string[]): string {
  return [row(...heads), row(...heads.map(() => '---')), ...rows].join('\n');
}

/**
 * The page with each table between the two marks of its name.
 *
 * @throws Error for a mark without a table
 */
export async function pageWith(page: string, tables: ReadonlyMap<string, string>): Promise<string> {
  const text = await readFile(page, 'utf8');
  return text.replace(
    /(<!-- (\w+): made by npm run logs -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}${tableOf(name, tables)}\n${end}`,
  );
}

function tableOf(name: string, tables: ReadonlyMap<string, string>): string {
  const text = tables.get(name);
  if (text === undefined) throw new Error(`No script makes the table "${name}": correct its mark.`);
  return text;
}

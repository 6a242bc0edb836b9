/** A page with what a command made between its marks: `<!-- name: made by npm run command -->` and `<!-- end -->`. */
export function withMade(
  page: string,
  command: string,
  made: Readonly<Record<string, string>>,
): string {
  const marked = new RegExp(
    `(<!-- ([\\w-]+): made by npm run ${command} -->\\n)[\\s\\S]*?(<!-- end -->)`,
    'g',
  );
  return page.replace(marked, (_, start: string, name: string, end: string) => {
    const text = made[name];
    if (text === undefined) throw new Error(`npm run ${command} does not make "${name}".`);
    return `${start}${text}\n${end}`;
  });
}

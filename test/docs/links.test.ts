import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist', 'deploy'].includes(name),
});
const read = (page: string): Promise<string> => readFile(join(root, page), 'utf8');
const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '');

/** As GitHub makes a heading's anchor. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) => heading,
  );
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(pages)('%s', (page) => {
  it('links only to files and headings that exist', async () => {
    const links = [
      ...withoutCode(await read(page)).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g),
    ];
    for (const [, link = ''] of links) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
      const text = await read(target).catch(() => undefined);
      expect(text, `${page} links to ${link}`).toBeDefined();
      if (anchor !== undefined) expect(anchorsOf(text ?? ''), link).toContain(anchor);
    }
  });
});

it('the test finds the pages', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', join('docs', 'operate.md')]));
});

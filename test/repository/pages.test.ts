import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files, json, ROOT, scripts, scriptsNamedIn, text, yaml } from './files.ts';

const pages = ['*.md', '.github/*.md', 'packages/*/*.md'].flatMap(files);
const forms = files('.github/ISSUE_TEMPLATE/*.yml').filter((path) => !path.endsWith('config.yml'));

/** Where GitHub checks for what a template of azd must have. */
const expected = [
  ...[
    'CHANGELOG.md',
    'CODE_OF_CONDUCT.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
  ],
  ...['.github/pull_request_template.md', '.github/ISSUE_TEMPLATE/bug.yml', 'azure.yaml'],
  ...['.github/workflows/azure-dev.yml', '.devcontainer/devcontainer.json', 'infra/main.bicep'],
];

it.each(expected)('there is %s', (path) => {
  expect(existsSync(join(ROOT, path))).toBe(true);
});

it('the README has the sections that the gallery of azd requires', async () => {
  const readme = await text('README.md');
  for (const section of ['Features', 'Getting Started', 'Guidance', 'Resources']) {
    expect(readme).toMatch(new RegExp(`^## ${section}$`, 'm'));
  }
});

describe.each([...pages, ...forms])('%s', async (path) => {
  const written = await text(path);

  it('names scripts that exist', () => {
    expect(scriptsNamedIn(written).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('names files that exist', () => {
    const links = [...written.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });
});

describe.each(forms)('%s', (path) => {
  it('has questions, each with a name of its own', async () => {
    const form = await yaml<{
      name: string;
      description: string;
      body: readonly { id?: string; type: string; validations?: { required: boolean } }[];
    }>(path);
    expect(form.name && form.description).toBeTruthy();
    const questions = form.body.filter(({ type }) => type !== 'markdown');
    expect(questions.some(({ validations }) => validations?.required === true)).toBe(true);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });
});

it('the changelog has the version of package.json', async () => {
  const { version } = await json<{ version: string }>('package.json');
  const [, latest] = /^## \[(\d+\.\d+\.\d+)\]/m.exec(await text('CHANGELOG.md')) ?? [];
  expect(latest).toBe(version);
});

it('dependencies of every kind are kept up to date, weekly and in groups', async () => {
  const { updates } = await yaml<{
    updates: readonly {
      'package-ecosystem': string;
      schedule: { interval: string };
      groups?: object;
    }[];
  }>('.github/dependabot.yml');
  expect(updates.map((update) => update['package-ecosystem'])).toEqual([
    'npm',
    'github-actions',
    'devcontainers',
  ]);
  for (const { schedule, groups } of updates) {
    expect(schedule.interval).toBe('weekly');
    expect(Object.keys(groups ?? {}).length).toBeGreaterThan(0);
  }
});

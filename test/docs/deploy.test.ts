import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const text = (path: string): Promise<string> =>
  readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const deploy = await text('docs/deploy.md');
const parameters = await text('infra/main.bicepparam');
const [, table = ''] = /^## All values$(.*?)^## /ms.exec(deploy) ?? [];
const documented = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
);
const taken = [...parameters.matchAll(/readEnvironmentVariable\('([A-Z_]+)'/g)].map(
  ([, name]) => name,
);

it('docs/deploy.md lists every value that the deployment takes, and none that it does not', () => {
  expect(taken.length).toBeGreaterThan(10);
  expect(documented.toSorted()).toEqual(taken.toSorted());
});

it('a pipeline gets every value except those that azd passes on by itself', async () => {
  const { pipeline } = parse(await text('azure.yaml')) as { pipeline: { variables: string[] } };
  const others = taken.filter((name) => !name?.startsWith('AZURE_'));
  expect(pipeline.variables.toSorted()).toEqual(others.toSorted());
});

it('docs/deploy.md reads only outputs of the Bicep from the environment of azd', async () => {
  const bicep = await text('infra/main.bicep');
  const outputs = [...bicep.matchAll(/^output ([A-Z_]+) /gm)].map(([, name]) => name);
  const read = [...deploy.matchAll(/azd env get-value ([A-Z_]+)/g)].map(([, name]) => name);
  expect(read.length).toBeGreaterThan(0);
  expect(outputs).toEqual(expect.arrayContaining(read));
});

it('docs/deploy.md shows the result of every command', () => {
  const sections = deploy.split(/^(?=##)/m).filter((section) => section.includes('```sh\n'));
  expect(sections).toHaveLength(9);
  const silent = sections.filter((section) => !/You see/.test(section));
  expect(silent.map((section) => section.split('\n')[0])).toEqual([]);
});

it('docs/deploy.md prints no secret: a value put into the vault is not shown', () => {
  const commands = [...deploy.matchAll(/^az keyvault secret .*$/gm)].map(([line]) => line);
  expect(commands).toHaveLength(1);
  for (const line of commands) expect(line).toContain('--output none');
});

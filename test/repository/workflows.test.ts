import { describe, expect, it } from 'vitest';
import { BICEP_VERSION } from '../../scripts/infra/compiler.ts';
import { scripts, scriptsNamedIn, text, yaml } from './files.ts';
import { commandsOf, type Workflow, workflow, workflowPaths } from './workflow.ts';

/** Whose actions are run, and which major version of each: one is enough. */
const ACTIONS = [
  'Azure/setup-azd@v2',
  'actions/checkout@v6',
  'actions/setup-node@v6',
  'azure/login@v3',
];

describe.each(workflowPaths)('%s', async (path) => {
  const written = await text(path);
  const { permissions, concurrency, env, jobs } = await yaml<Workflow>(path);
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  it('may read the repository, and a job that signs in to Azure may prove who it is', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) {
      const signsIn = JSON.stringify(job).match(/azd auth login|azure\/login/) !== null;
      const proof = signsIn ? { 'id-token': 'write' } : {};
      expect(job.permissions ?? permissions).toEqual({ contents: 'read', ...proof });
    }
  });

  it('runs known actions only, at a stated version, and leaves them no token', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(ACTIONS).toEqual(expect.arrayContaining(used));
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('ends every job in time, and does not run twice side by side', () => {
    for (const { uses, 'timeout-minutes': minutes } of Object.values(jobs)) {
      if (uses === undefined) expect(minutes).toBeLessThanOrEqual(120);
    }
    expect(concurrency).toBeDefined();
  });

  it('names scripts that exist', () => {
    expect(scriptsNamedIn(written).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('runs tests far from UTC only, as .ci/run does', async () => {
    const [, zone] = /^export TZ=(\S+)$/m.exec(await text('.ci/run')) ?? [];
    expect(zone).toBe('Pacific/Kiritimati');
    for (const job of Object.values(jobs)) {
      const commands = [
        ...commandsOf(job),
        ...(job.strategy?.matrix.include ?? []).map(({ command }) => command),
      ];
      const names = commands.flatMap(scriptsNamedIn);
      if (names.length > 0)
        expect({ ...env, ...job.env }, names.join()).toMatchObject({ TZ: zone });
    }
  });

  it('puts nothing written by others into a command', () => {
    const expressions = steps.flatMap(({ run }) => [...(run ?? '').matchAll(/\$\{\{(.*?)\}\}/g)]);
    expect(expressions.map(([, inner]) => inner?.trim())).toEqual(
      path.endsWith('nightly.yml') ? ['matrix.command'] : [],
    );
  });
});

describe('test.yml', async () => {
  const { test, mutants } = (await workflow('test')).jobs;
  const readme = await text('README.md');

  it('runs the commands of the README, as .ci/run does', async () => {
    const tests = ['npm test', 'npm run test:long', 'npm run demo'];
    const onTheMatrixsNode = 'npm uninstall --no-save node';
    expect(commandsOf(test)).toEqual(['npm ci', onTheMatrixsNode, ...tests]);
    expect(readme).toMatch(/^npm ci && npm test /m);
    expect(
      (await text('.ci/run'))
        .match(/^(?:CI=true )?npm .*/gm)
        ?.map((line) => line.replace('CI=true ', '')),
    ).toEqual(['npm ci', ...tests, 'npm run mutate -- --changed "$base" --minutes 2']);
    expect(scripts['test:all']).toMatch(/ && npm test && npm run test:long$/);
    expect(commandsOf(mutants).at(-1)).toMatch(/^npm run mutate -- --changed "origin\//);
    expect(test?.env).toEqual({ CI: 'true', EXPECTED_NODE: `\${{ matrix.node }}` });
  });

  it('runs them where the README says', () => {
    const { os, node } = test?.strategy?.matrix ?? {};
    expect(os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
    expect(node).toEqual([22, 24]);
    expect(readme).toContain('on Linux, macOS and Windows, with Node 22 and 24');
    const setUp = test?.steps?.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(setUp?.with).toMatchObject({ 'node-version': `\${{ matrix.node }}` });
  });
});

describe('azure-dev.yml', async () => {
  const { env = {}, jobs } = await workflow('azure-dev');

  it('passes on every value that the deployment takes, and no other', async () => {
    const parameters = await text('infra/main.bicepparam');
    const taken = [...parameters.matchAll(/readEnvironmentVariable\('([A-Z_]+)'/g)].map(
      ([, name = '']) => name,
    );
    const ofAzd = ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID'];
    expect(Object.keys(env).toSorted()).toEqual([...taken, ...ofAzd].toSorted());
    for (const [name, value] of Object.entries(env)) expect(value).toBe(`\${{ vars.${name} }}`);
  });

  it('deploys only what the tests of test.yml have passed', () => {
    expect(jobs['test']).toMatchObject({ uses: './.github/workflows/test.yml' });
    expect(jobs['deploy']).toMatchObject({ needs: 'test', if: "github.ref == 'refs/heads/main'" });
    expect(
      commandsOf(jobs['deploy'])
        .slice(1)
        .map((command) => command.split(' --')[0]),
    ).toEqual(['npm ci', 'azd auth login', 'azd provision', 'azd deploy']);
  });

  it('shows what a pull request would change, with the compiler that made the snapshots', () => {
    const [, command] = commandsOf(jobs['what-if']);
    expect(command).toContain(`az bicep install --version v${BICEP_VERSION}\n`);
    expect(command).toContain('az deployment sub what-if');
  });
});

describe('nightly.yml', async () => {
  const { check } = (await workflow('nightly')).jobs;

  it('runs the long checks', () => {
    const commands = check?.strategy?.matrix.include?.map(({ command }) => command) ?? [];
    expect(commands.flatMap(scriptsNamedIn)).toEqual(['simulate', 'explore', 'mutate']);
  });

  it('runs other seeds every night, in succession', async () => {
    const choose = commandsOf(check).find((command) => command.includes('FIRST_SEED=')) ?? '';
    expect(choose).toContain('$(($(date -u +%s) / 86400 * SEEDS))');
    expect((await workflow('nightly')).env).toMatchObject({ SEEDS: 100_000 });
  });
});

it('every workflow has a test here', () => {
  expect(workflowPaths.map((path) => path.split('/').at(-1))).toEqual([
    'azure-dev.yml',
    'nightly.yml',
    'test.yml',
  ]);
});

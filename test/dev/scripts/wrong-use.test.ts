import { readFileSync } from 'node:fs';
import { expectUsageError, portInUse } from '@sandbox-teardown/shared/testing';
import { describe, expect, it } from 'vitest';
import { script } from './script.ts';

const { scripts } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { scripts: Readonly<Record<string, string>> };

/** The npm scripts that run a script of ours, and its file: the last one, which gets the arguments. */
const ours = Object.entries(scripts).flatMap(([name, command]) => {
  const file = /(\S+\.ts)$/.exec(command)?.[1];
  return file === undefined ? [] : [[name, file] as const];
});

const MUTATE = 'scripts/mutate.ts';

/** One message, and how it ended. */
const usageError = (args: readonly string[], environment?: Readonly<Record<string, string>>) =>
  expectUsageError(script(args, environment).ended);

/** The options of a command that take a number, by its help. */
async function numericOptions(file: string): Promise<readonly string[]> {
  const { out } = await script([file, '--help']).ended;
  return [...out.matchAll(/(--[a-z-]+) <(?:number|count|ms|MB)>/g)].map(([, name = '']) => name);
}

describe('npm run', () => {
  it('has many scripts', () => expect(ours.length).toBeGreaterThanOrEqual(18));

  it.each(ours)('%s -- --help says what it does, and does nothing', async (name, file) => {
    const { code, out, err } = await script([file, '--help']).ended;
    expect([code, err]).toEqual([0, '']);
    const typed = name === 'start' ? 'npm start --' : `npm run ${name} --`;
    expect(out).toContain(`Usage: ${typed} [options]`);
  });

  it.each(ours)(
    '%s with an option that there is not ends with one message',
    async (_name, file) => {
      const said = await usageError([file, '--no-such-option']);
      expect(said).toMatch(/unknown option '--no-such-option'.* See: npm (?:run|start) .*--help/);
    },
  );

  it.each(ours)(
    '%s bounds every option that takes a number, and ends with one message beyond',
    async (_name, file) => {
      for (const option of await numericOptions(file)) {
        for (const number of ['99999999999', '-1', '1.5', '0x1', '']) {
          expect(await usageError([file, `${option}=${number}`])).toMatch(/from \d+ .*to \d+\./);
        }
      }
    },
  );

  it('has options that take a number', async () => {
    expect(await numericOptions('scripts/cost.ts')).toEqual([
      ...['--latency', '--send', '--own', '--memory'],
    ]);
  });

  it.each(Object.entries(scripts))(
    '%s first checks whether this Node can run TypeScript',
    async (_name, command) => {
      expect(command).toMatch(/^node (?:--import )?\.\/scripts\/check-node\.mjs /);
    },
  );

  it('ends with one message on a Node that cannot run TypeScript', async () => {
    const said = await usageError([
      '--no-strip-types',
      '--import',
      './scripts/check-node.mjs',
      'dev/stack.ts',
    ]);
    expect(said).toMatch(/^This needs Node 22\.18 .* without --ignore-scripts/);
    // By itself it goes before commands that are no scripts of ours.
    expect(await usageError(['--no-strip-types', './scripts/check-node.mjs'])).toBe(said);
  });
});

describe('a command that is used wrongly', () => {
  const Endpoint =
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=k';
  const SANDBOX_TENANT_ID = 'aaaaaaaa-0000-0000-0000-000000000001';

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['a port that is none', ['dev/stack.ts', '--port', 'x'], {}, /'--port <number>'.*from 0/],
    ['a mark that no one sees', ['dev/stack.ts', '--port', '\ufeff30'], {}, /'\\ufeff30'/],
    ['an argument too many', ['dev/stack.ts', 'x'], {}, /too many arguments/],
    ['a customer too few', ['dev/request.ts'], {}, /missing required argument 'customer'/],
    ['a count too large', ['dev/demo.ts', '--customers', '76'], {}, /from 1 to 75/],
    ['a scene that there is not', ['scripts/kill-host.ts', 'x'], {}, /Allowed choices are/],
    [
      'a planted bug that there is not',
      ['mutants/try-planted-bugs.ts', 'no such'],
      {},
      /No planted bug is/,
    ],
    ['minutes that are none', ['scripts/mutate.ts', '--minutes', 'x'], {}, /whole number/],
    ['no memory', ['scripts/cost.ts', '--memory', '0'], {}, /from 512 to 4096/],
    ['no seeds', ['simulation/simulate.ts', '--seeds', '0'], {}, /from 1 to/],
    ['a world too large', ['simulation/explore-worlds.ts', '--customers', '99'], {}, /from 1 to 9/],
    ['a file in no folder', [MUTATE, '--file', 'nosuch.ts'], {}, /^nosuch\.ts is in no folder/],
    ['a folder that is none', [MUTATE, '--folder', 'nosuch'], {}, /^nosuch is in no folder/],
    [
      'a file that there is not',
      [MUTATE, '--file', 'src/shared/domain.ts:1-2', 'src/shared/nosuch.ts:1-2'],
      {},
      /^There is no TypeScript at src\/shared\/nosuch\.ts:1-2/,
    ],
    [
      'a folder that there is not',
      [MUTATE, '--folder', 'src/shared/nosuch'],
      {},
      /^There is no TypeScript at src\/shared\/nosuch/,
    ],
    [
      'two choices of what is mutated',
      [MUTATE, '--changed', 'HEAD', '--folder', 'src/shared'],
      {},
      /'--changed <commit>' cannot be used with option '--folder/,
    ],
    [
      'options that exclude each other',
      ['dev/stack.ts', '--service-bus', 'emulator', '--port', '1'],
      {},
      /no use with --service-bus/,
    ],
    ['no emulator', ['dev/stack.ts', '--service-bus', 'x'], {}, /must be "emulator"/],
    [
      'a journal that is a directory',
      ['dev/stack.ts', '--journal', 'src'],
      {},
      /^The journal .*src.* could not be written|cannot be kept/,
    ],
    [
      'a wrong setting',
      ['dev/start.ts'],
      { ServiceBusConnection: Endpoint, SANDBOX_TENANT_ID: 'contoso' },
      /SANDBOX_TENANT_ID must be/,
    ],
    [
      'a namespace by identity, in the embedded host',
      ['dev/start.ts'],
      {
        ServiceBusConnection__fullyQualifiedNamespace: 'x.servicebus.windows.net',
        SANDBOX_TENANT_ID,
        PARTNER_CENTER_CLIENT_ID: SANDBOX_TENANT_ID,
        PARTNER_CENTER_CLIENT_SECRET: 'hush',
      },
      /needs Azure Functions Core Tools/,
    ],
    [
      'options of the simulated sandbox, where another one is configured',
      ['dev/start.ts', '--port', '0'],
      { ServiceBusConnection: Endpoint },
      /^The options are of the simulated sandbox, and ServiceBusConnection is set: /,
    ],
    [
      'the same, where it is configured by identity',
      ['dev/start.ts', '--port', '0'],
      { ServiceBusConnection__fullyQualifiedNamespace: 'x.servicebus.windows.net' },
      /, and ServiceBusConnection__fullyQualifiedNamespace is set: /,
    ],
    [
      'half a connection',
      ['dev/start.ts'],
      { ServiceBusConnection__clientId: 'x' },
      /^Serv.* half/,
    ],
    [
      "a sandbox's domain without a Service Bus",
      ['dev/start.ts'],
      { SANDBOX_DOMAIN: 'a.com' },
      /^SANDBOX_DOMAIN is set, and no Service Bus/,
    ],
    ['a host that there is not', ['dev/start.ts'], { FUNCTIONS_HOST: 'x' }, /^FUNCTIONS_HOST must/],
    [
      'a wrong mode on the simulated sandbox',
      ['dev/start.ts'],
      { TEARDOWN_MODE: 'bogus' },
      /^sandbox-teardown.*TEARDOWN_MODE must be/,
    ],
    [
      'a setting that there is not, on the simulated sandbox',
      ['dev/start.ts'],
      { SWEEP_INCLUDES: 'x' },
      /SWEEP_INCLUDES is not a setting/,
    ],
    [
      "a wrong setting of the host's own, on the simulated sandbox",
      ['dev/start.ts'],
      { AzureFunctionsJobHost__functionTimeout: 'soon' },
      /^host\.json: functionTimeout must be/,
    ],
    [
      'a sandbox without a Service Bus',
      ['dev/start.ts'],
      { SANDBOX_TENANT_ID, PARTNER_CENTER_CLIENT_SECRET: 'hush' },
      /^SANDBOX_TENANT_ID, PARTNER_CENTER_CLIENT_SECRET are set, and no Service Bus/,
    ],
    ['nobody to send to', ['dev/request.ts', 'x', '--port', '1'], {}, /No stack of this checkout/],
    [
      'a connection string that is none',
      ['dev/request.ts', 'x', '--connection', 'hush'],
      {},
      /cannot be reached so/,
    ],
  ])('ends with one message: %s', async (_what, args, environment, message) => {
    expect(await usageError(args, environment)).toMatch(message);
  });

  it('ends with one message: a port that is in use', async () => {
    const port = await portInUse();
    expect(await usageError(['dev/stack.ts', '--port', `${port}`])).toContain(
      `The port ${port} is in use`,
    );
  });
});

describe('npm run mutate -- --changed', () => {
  it('succeeds where git has no such commit, and reports no survivor', async () => {
    const { code, out, err } = await script([MUTATE, '--changed', 'nosuchcommit']).ended;
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Not mutated: git cannot compare with nosuchcommit: fatal: .*\n$/);
  });
});

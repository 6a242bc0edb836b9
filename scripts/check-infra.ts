import { commandLine } from '@sandbox-teardown/shared/command-line';
import * as check from './infra/check.ts';
import { findCompiler } from './infra/compiler.ts';

// `npm run infra`: everything about the infrastructure that can be checked without an Azure account.

const { write } = commandLine(
  'npm run infra --',
  'Checks the Bicep with the real compiler: lint, build, format, snapshots.',
)
  .option('--write', 'formats, and writes the snapshots anew')
  .parse()
  .opts<{ write?: boolean }>();

const bicep = await findCompiler();
if (typeof bicep === 'string') {
  console.error(`NOT CHECKED. ${bicep}`);
  process.exit(2);
}
console.log(`Bicep ${bicep.version}`);

if (write) {
  await check.format(bicep, check.infra);
  for (const name of check.snapshots)
    tell(`written ${name}`, await check.writeSnapshot(bicep, name));
}
tell('lint, every rule an error', await check.lint(bicep));
tell('build, no warning', (await check.build(bicep)).objections);
tell('format', (await check.unformatted(bicep)).join('\n'));
for (const name of check.snapshots) {
  tell(`snapshot ${name}`, await check.compareSnapshot(bicep, name));
}

function tell(step: string, objections: check.Objections): void {
  console.log(`${objections === '' ? 'ok    ' : 'BROKEN'} ${step}`);
  if (objections === '') return;
  console.error(objections);
  process.exitCode = 1;
}

import { spawnSync } from 'node:child_process';
import { commandLine } from '../src/cli/command-line.ts';
import {
  allowedScripts,
  checksumObjections,
  licenceObjections,
  lockedPackages,
  scriptObjections,
  shippedLicences,
} from './dependencies.ts';

// `npm run audit`: the dependencies' install scripts, checksums and licences, and the registry's list of known holes.

commandLine(
  'npm run audit --',
  "Checks the dependencies' install scripts, checksums and licences, and asks the registry for known holes.",
).parse();

const ANSWER_LIMIT_MS = 60_000;

const packages = await lockedPackages();
const licences = await shippedLicences();
const objections = [
  ...scriptObjections(packages, await allowedScripts()),
  ...checksumObjections(packages),
  ...licenceObjections(licences),
];
console.log(`${Object.keys(packages).length - 1} packages locked, ${licences.size} in the bundle:`);
for (const [name, licence] of [...licences].toSorted()) console.log(`  ${name} (${licence})`);
for (const message of objections) console.error(message);

// npm itself, and not the shell script of that name that stands for it on Windows.
const npm = process.env['npm_execpath'];
const [program, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
const audit = spawnSync(program, [...first, 'audit', '--json', '--omit=dev'], {
  encoding: 'utf8',
  timeout: ANSWER_LIMIT_MS,
});
const total = totalIn(audit.stdout);
if (total === undefined) {
  console.error(
    'Known holes: NOT CHECKED. The registry did not answer "npm audit"; run this where it does.',
  );
} else {
  console.log(
    `Known holes in what ships: ${total}.${total > 0 ? ' See "npm audit --omit=dev".' : ''}`,
  );
}
const UNCHECKED = 2;
process.exitCode =
  objections.length > 0 || (total ?? 0) > 0 ? 1 : total === undefined ? UNCHECKED : 0;

/** How many holes the registry knows; undefined where it gave no report. */
function totalIn(stdout: string | null): number | undefined {
  try {
    const report = JSON.parse(stdout ?? '') as {
      metadata?: { vulnerabilities?: { total?: number } };
    };
    return report.metadata?.vulnerabilities?.total;
  } catch {
    return undefined;
  }
}

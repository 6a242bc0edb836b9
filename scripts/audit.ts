import { spawnSync } from 'node:child_process';
import { commandLine } from '@sandbox-teardown/shared/command-line';
import {
  allowedScripts,
  checksumObjections,
  licenceObjections,
  lockedPackages,
  scriptObjections,
  shippedLicences,
} from './dependencies.ts';

// `npm run audit`: the dependencies' install scripts, checksums and licences, and the registry's list of known vulnerabilities.

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

// npm itself, not the shell script of that name on Windows.
const npm = process.env['npm_execpath'];
const [program, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
const audit = spawnSync(program, [...first, 'audit', '--json', '--omit=dev'], {
  encoding: 'utf8',
  timeout: ANSWER_LIMIT_MS,
});
const holes = holesIn(audit.stdout, licences);
if (holes === undefined) {
  console.error(
    'Known holes: NOT CHECKED. The registry did not answer "npm audit"; run this where it does.',
  );
} else {
  const more = holes.length > 0 ? ` (${holes.join(', ')}). See "npm audit --omit=dev".` : '.';
  console.log(`Known holes in what ships: ${holes.length}${more}`);
}
const UNCHECKED = 2;
process.exitCode =
  objections.length > 0 || (holes ?? []).length > 0 ? 1 : holes === undefined ? UNCHECKED : 0;

/** The packages of the bundle with a known vulnerability; undefined if there was no report. */
function holesIn(
  stdout: string | null,
  shipped: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  try {
    const { vulnerabilities } = JSON.parse(stdout ?? '') as { vulnerabilities?: object };
    // The dependencies of the repository's own packages do not ship.
    return vulnerabilities && Object.keys(vulnerabilities).filter((name) => shipped.has(name));
  } catch {
    return undefined;
  }
}

import { commandLine } from '@sandbox-teardown/shared/command-line';
import { circlesIn, objectionToCircle } from './layers/circles.ts';
import { betweenFiles, filesBelow, importsBelow } from './layers/imports.ts';
import { folderOf, LAYERS, objectionTo } from './layers/layers.ts';
import { allImports, packageObjectionTo } from './layers/packages.ts';

// `npm run layers`: the folders of src, from the highest to the lowest, and what each imports from those below it. Exit code 1
// where an import leads up, in a circle, or into a package otherwise than by what it exports.

const ROOT = 'src';

const { quiet } = commandLine(
  'npm run layers --',
  'Shows the folders of src, what each imports, and whether every import leads down, in no circle, and into packages by their exports.',
)
  .option('--quiet', 'only what is wrong')
  .parse()
  .opts<{ quiet?: true }>();

const imports = importsBelow(ROOT);
if (!quiet) show();
const all = allImports();
const objections = [
  ...imports.flatMap((each) => objectionTo(each) ?? []),
  ...all.flatMap((each) => packageObjectionTo(each) ?? []),
  ...circlesIn(betweenFiles(all)).map(objectionToCircle),
];
for (const objection of objections) console.error(objection);
process.exitCode = objections.length === 0 ? 0 : 1;

function show(): void {
  const files = filesBelow(ROOT);
  const between = imports.filter(({ from, to }) => folderOf(from) !== folderOf(to));
  for (const folder of LAYERS.toReversed()) {
    const below = new Set(
      between.filter(({ from }) => folderOf(from) === folder).map(({ to }) => folderOf(to)),
    );
    const count = files.filter((file) => folderOf(file) === folder).length;
    const imported = LAYERS.filter((each) => below.has(each)).join(', ') || 'nothing';
    console.log(`${ROOT}/${folder} (${count} files) imports from ${imported}`);
  }
  const pairs = [...new Set(between.map(({ from, to }) => `${folderOf(from)} ${folderOf(to)}`))];
  const ofTeardown = pairs.filter((pair) =>
    pair.split(' ').every((folder) => folder.startsWith('teardown')),
  );
  console.log(
    `${pairs.length} pairs of folders, ${ofTeardown.length} of them within src/teardown.`,
  );
}

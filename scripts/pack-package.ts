import { commandLine } from '@sandbox-teardown/shared/command-line';
import { Argument } from 'commander';
import { buildPackage, published } from './packages/build.ts';

// `npm run pack-package -- local-service-bus`: what `npm publish packages/local-service-bus/dist` would send.

const [name = ''] = commandLine(
  'npm run pack-package --',
  'Builds one of the packages as it is published: JavaScript, declarations and a package.json, for npm pack.',
)
  .addArgument(new Argument('<package>', 'a folder of packages/').choices([...published]))
  .parse().args;

console.log(`Built ${await buildPackage(name)}, for npm pack.`);

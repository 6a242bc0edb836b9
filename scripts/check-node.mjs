// Goes before every script (package.json): a Node that cannot read TypeScript would show a stack and no reason. It is
// plain JavaScript, because it is for those.

if (!process.features.typescript) {
  console.error(
    `This needs Node 22.18 or newer to read TypeScript, and this is Node ${process.versions.node}: run "npm ci" without --ignore-scripts, which brings a Node of its own, or install Node 24.`,
  );
  process.exit(2);
}

import { expect, it } from 'vitest';

const expected = process.env['EXPECTED_NODE'];

// Whoever wants a certain Node says so, as the matrix of .github/workflows/test.yml does: the packaged one comes before
// whatever is installed.
it.runIf(expected !== undefined)('these tests run on the Node that was asked for', () => {
  expect(process.versions.node.split('.')[0]).toBe(expected);
});

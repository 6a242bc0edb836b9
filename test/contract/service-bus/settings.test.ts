import { expect, test } from 'vitest';
import { describeTarget, readTarget } from './settings.ts';

const SUITE = 'test/contract/service-bus';
const connectionString = 'Endpoint=sb://bus.invalid;SharedAccessKey=hush';
const set = { SERVICE_BUS_CONTRACT_CONNECTION_STRING: connectionString };

test.each([{}, { SERVICE_BUS_CONTRACT_CONNECTION_STRING: ' ' }])(
  'the contract suite runs against the local broker unless told otherwise (%j)',
  (environment) => {
    const target = readTarget(environment, [SUITE]);
    expect(target).toEqual({ kind: 'local' });
    expect(describeTarget(target)).toMatch(/local broker\.$/);
  },
);

test('the contract suite runs against a real namespace where the command names the suite', () => {
  const target = readTarget(set, [SUITE]);
  expect(target).toEqual({ kind: 'real', connectionString });
  expect(describeTarget(target)).toContain('real namespace');
  expect(describeTarget(target)).not.toContain('hush');
});

test('the contract suite ignores a real namespace where the command does not name the suite', () => {
  for (const named of [[], ['test/contract/partner-center'] as const]) {
    const target = readTarget(set, named);
    expect(target.kind).toBe('local');
    expect(describeTarget(target)).toMatch(
      /local broker\. SERVICE_BUS_CONTRACT_CONNECTION_STRING is ignored, .*: npx vitest run test\/contract\/service-bus$/,
    );
  }
});

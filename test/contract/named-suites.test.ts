import { afterEach, describe, expect, test, vi } from 'vitest';
import { CONTRACT_SUITES, suitesNamedIn, whyIgnored } from './named-suites.ts';

const [partnerCenter, serviceBus] = CONTRACT_SUITES;

describe('a command', () => {
  test.each([
    ['run test/contract/partner-center', [partnerCenter]],
    ['run ./test/contract/partner-center/', [partnerCenter]],
    ['run /home/me/app/test/contract/service-bus/sending.test.ts', [serviceBus]],
    ['run test\\contract\\partner-center', [partnerCenter]],
    ['run test/contract/partner-center -t orders', [partnerCenter]],
    ['run test/contract/partner-center test/contract/service-bus', [partnerCenter, serviceBus]],
  ])('names its suite: vitest %s', (words, suites) => {
    expect(suitesNamedIn(words.split(' '))).toEqual(suites);
  });

  test.each([
    'run',
    '',
    'run test',
    'run test/contract',
    'run partner-center',
    'run test/partner-center',
    'run test/contract/partner-center-too',
    'run --exclude test/contract/partner-center',
    'run --exclude=test/contract/partner-center',
    'run -t test/contract/partner-center',
  ])('names no suite: vitest %s', (words) => {
    expect(suitesNamedIn(words.split(' '))).toEqual([]);
  });
});

describe('the configuration', () => {
  const { argv } = process;
  afterEach(() => {
    process.argv = argv;
    vi.resetModules();
  });

  test.each([
    [['run', partnerCenter], [partnerCenter]],
    [['run'], []],
  ])('passes on the suites that the command names: vitest %j', async (words, contractSuites) => {
    process.argv = ['node', 'vitest', ...words];
    const { default: config } = await import('../../vitest.config.ts');
    expect(config.test?.provide).toEqual({ contractSuites });
  });
});

test('a message names the ignored variables, with the command that uses them', () => {
  expect(whyIgnored('SOME_*', serviceBus)).toMatch(
    /^SOME_\* is ignored, because .*: npx vitest run test\/contract\/service-bus$/,
  );
});

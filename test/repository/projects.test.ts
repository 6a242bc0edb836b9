import { expect, it } from 'vitest';
import { projects } from '../projects.ts';
import { files } from './files.ts';

const filesOf = (patterns: readonly string[]): ReadonlySet<string> =>
  new Set(patterns.flatMap(files));

const all = [...filesOf(['{test,packages}/**/*.test.ts'])];
const played = projects.map(({ name, include, without = [] }) => {
  const left = filesOf(without);
  return { name, own: new Set([...filesOf(include)].filter((file) => !left.has(file))) };
});

it('every test file is run by npm run test:all, in one project, except the seeds', () => {
  expect(all.length).toBeGreaterThan(200);
  const times = (file: string) => played.filter(({ own }) => own.has(file)).length;
  const otherwise = all.filter((file) => times(file) !== 1);
  expect(otherwise).toEqual(['test/simulation/invariants.test.ts']);
});

it.each(projects)(
  'the project $name has tests of its own, and names no file that is not there',
  ({ name, include }) => {
    expect(played.find((each) => each.name === name)?.own.size).toBeGreaterThan(0);
    expect(include.filter((pattern) => files(pattern).length === 0)).toEqual([]);
  },
);

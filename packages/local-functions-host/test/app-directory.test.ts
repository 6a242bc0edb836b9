import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEntryFiles, readAppFile } from '../src/app-directory.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'functions-app-'));
  mkdirSync(join(directory, 'dist'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const write = (name: string, text = '') => writeFileSync(join(directory, name), text);

test.each([
  ['dist/main.cjs', ['dist/main.cjs']],
  ['dist/*.cjs', ['dist/main.cjs', 'dist/other.cjs']],
  ['dist/{main,index}.cjs', ['dist/main.cjs']],
])('the main "%s" names %j', (main, files) => {
  write('package.json', JSON.stringify({ main }));
  for (const name of ['main.cjs', 'other.cjs', 'main.cjs.map']) write(`dist/${name}`);
  expect(findEntryFiles(directory).map((file) => relative(directory, file))).toEqual(files);
});

test.each([
  ['{', 'package.json is not valid JSON'],
  ['{}', 'package.json has no "main"'],
  ['{"main":5}', 'package.json has no "main"'],
  ['[]', 'package.json has no "main"'],
  ['{"main":"dist/*.mjs"}', 'Found no file matching "dist/*.mjs"'],
])('the package.json %s is refused', (text, message) => {
  write('package.json', text);
  expect(() => findEntryFiles(directory)).toThrow(message);
});

test('a directory without package.json is no app', () => {
  expect(() => findEntryFiles(directory)).toThrow("is not a function app's directory");
});

test('a pattern that matches far too many files is refused', () => {
  write('package.json', '{"main":"dist/*.js"}');
  for (let index = 0; index <= 500; index += 1) write(`dist/${index}.js`);
  expect(() => findEntryFiles(directory)).toThrow('matches 501 files; at most 500 are loaded');
});

test('a file of the app is optional, but must be readable', () => {
  write('host.json', '{}');
  expect(readAppFile(directory, 'host.json')).toBe('{}');
  expect(readAppFile(directory, 'other.json')).toBeUndefined();
  expect(() => readAppFile(directory, 'dist')).toThrow('cannot be read');
});

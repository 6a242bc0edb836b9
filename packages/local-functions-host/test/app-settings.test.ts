import { expect, test } from 'vitest';
import {
  isDisabled,
  parseLocalSettings,
  resolveConnectionString,
  resolveSettings,
} from '../src/app-settings.ts';

test('the values of a local.settings.json are read', () => {
  expect(parseLocalSettings('{"IsEncrypted":false,"Values":{"A":"1"},"Host":{}}')).toEqual({
    A: '1',
  });
  expect(parseLocalSettings('{}')).toEqual({});
});

test.each([
  ['{', 'local.settings.json is not valid JSON. The file must be a JSON object whose "Values"'],
  ['', 'local.settings.json is not valid JSON'],
  ...['[]', '7', '"x"', 'null', 'true'].map((text) => [
    text,
    'local.settings.json: the document must be an object. The file must be a JSON object',
  ]),
  ...['7', '[]', 'null', '"x"'].map((values) => [
    `{"Values":${values}}`,
    'local.settings.json: Values must be an object',
  ]),
  ...['1', 'null', 'true', '{}', '[]'].map((value) => [
    `{"Values":{"A":${value}}}`,
    'local.settings.json: Values.A must be text.',
  ]),
  ['{"IsEncrypted":true}', 'IsEncrypted is not supported; decrypt it'],
])('the local.settings.json %s is refused', (text = '', message = '') => {
  expect(() => parseLocalSettings(text)).toThrow(message);
});

test('a local.settings.json that is no JSON is not shown', () => {
  const text = '{"Values":{"PARTNER_CENTER_CLIENT_SECRET": hush}}';
  expect(() => parseLocalSettings(text)).toThrow(/^(?!.*hush).*is not valid JSON/);
});

test('settings between percent signs are replaced everywhere', () => {
  expect(resolveSettings('%A%-b-%C%', { A: '1', C: '3' })).toBe('1-b-3');
  expect(resolveSettings('plain 100%', {})).toBe('plain 100%');
});

test('a setting that is missing is named', () => {
  expect(() => resolveSettings('%QUEUE%', { QUEUE: '' })).toThrow("set the app setting 'QUEUE'");
});

test('a connection is the setting of its name, or preferably that with the prefix AzureWebJobs', () => {
  expect(resolveConnectionString('Bus', { Bus: 'b' })).toBe('b');
  expect(resolveConnectionString('Bus', { Bus: 'b', AzureWebJobsBus: 'a' })).toBe('a');
});

test('a connection by identity, or without a setting, is refused', () => {
  expect(() =>
    resolveConnectionString('Bus', { Bus__fullyQualifiedNamespace: 'x.example' }),
  ).toThrow("connection 'Bus' is by identity ('Bus__fullyQualifiedNamespace')");
  expect(() => resolveConnectionString('Bus', {})).toThrow("connection 'Bus' is not set");
});

test.each([
  [{ 'AzureWebJobs.sweep.Disabled': 'true' }, true],
  [{ AzureWebJobs_sweep_Disabled: '1' }, true],
  [{ 'AzureWebJobs.sweep.Disabled': 'false' }, false],
  [{ 'AzureWebJobs.other.Disabled': 'true' }, false],
])('with %j the function sweep is disabled: %s', (settings: Record<string, string>, disabled) => {
  expect(isDisabled('sweep', settings)).toBe(disabled);
});

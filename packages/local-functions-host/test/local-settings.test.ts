import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLocalSettings } from '../src/app-settings.ts';

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'local-settings-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function directoryWith(text: string): string {
  const made = directory();
  writeFileSync(join(made, 'local.settings.json'), text);
  return made;
}

describe('local.settings.json', () => {
  it('is optional', () => expect(readLocalSettings(directory())).toEqual({}));

  it('has settings', () => {
    const text = '{"IsEncrypted":false,"Values":{"GREETING":"off"}}';
    expect(readLocalSettings(directoryWith(text))).toEqual({ GREETING: 'off' });
  });

  it.each([
    '[]',
    '7',
    '"x"',
    '{"Values":7}',
    '{"Values":[]}',
    '{"Values":{"GREETING":1}}',
    '{"IsEncrypted":true,"Values":{"GREETING":"xyz"}}',
    'GREETING=off',
  ])('is reported if it has %s', (text) => {
    const read = () => readLocalSettings(directoryWith(text));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/^local\.settings\.json.*must be a JSON object whose "Values" are texts/);
  });

  it('is reported if it cannot be read', () => {
    const made = directory();
    mkdirSync(join(made, 'local.settings.json'));
    expect(() => readLocalSettings(made)).toThrow(/local\.settings\.json cannot be read: EISDIR/);
  });
});

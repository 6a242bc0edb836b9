import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localSettings } from '../../../local/stack/local-settings.ts';

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
  it('need not be there', () => expect(localSettings(directory())).toEqual({}));

  it('holds settings', () => {
    const text = '{"IsEncrypted":false,"Values":{"TEARDOWN_MODE":"off"}}';
    expect(localSettings(directoryWith(text))).toEqual({ TEARDOWN_MODE: 'off' });
  });

  it.each([
    '[]',
    '7',
    '"x"',
    '{"Values":7}',
    '{"Values":[]}',
    '{"Values":{"TEARDOWN_MODE":1}}',
    '{"IsEncrypted":true,"Values":{"TEARDOWN_MODE":"xyz"}}',
    'TEARDOWN_MODE=off',
  ])('is not passed over in silence where it holds %s', (text) => {
    const read = () => localSettings(directoryWith(text));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/^local\.settings\.json.*must be a JSON object whose "Values" are texts/);
  });

  it('is not passed over in silence where it cannot be read', () => {
    const made = directory();
    mkdirSync(join(made, 'local.settings.json'));
    expect(() => localSettings(made)).toThrow(/local\.settings\.json cannot be read: EISDIR/);
  });
});

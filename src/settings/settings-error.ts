/** The app refuses to start: one message for each setting that is wrong. Never holds a secret's value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(sentences: readonly string[]) {
    super(`sandbox-teardown cannot start. ${sentences.join(' ')}`);
  }
}

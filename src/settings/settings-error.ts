/** The app cannot start. Has one message for each invalid setting, and never the value of a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(messages: readonly string[]) {
    super(`sandbox-teardown cannot start. ${messages.join(' ')}`);
  }
}

/** The app's own credential cannot be used, and a retry will not help: a person must act. */
export class UnusableCredential extends Error {
  override readonly name = 'UnusableCredential';
}

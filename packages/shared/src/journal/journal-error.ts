/** A journal that cannot be used, with a message on why and what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

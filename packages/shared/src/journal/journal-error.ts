/** A journal that cannot be used, with a sentence on why and what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

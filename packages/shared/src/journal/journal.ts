export { JournalError } from './journal-error.ts';
export { JournalFile } from './journal-file.ts';

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorMessage } from '../error-message.ts';
import { JournalError } from './journal-error.ts';
import { fromLine, readLines, toLine } from './lines.ts';
import { lockForThisProcess } from './process-lock.ts';

/** How much is handed to the system at once while the file is written anew. */
const WRITE_CHARACTERS = 1_048_576;

/** Messages may hold what is no one else's. */
const FOR_ITS_OWNER = 0o600;

/**
 * An append-only file of texts, one to a line. What `append` has returned from is the system's: it outlives the
 * process, however that ends. It is not forced to the disk (fsync, some milliseconds for every message), so a
 * power cut may cost the latest lines.
 */
export class JournalFile {
  readonly path: string;
  readonly #unlock: () => void;
  #fileDescriptor: number | undefined;
  #failure: string | undefined;
  #sizeBytes = 0;

  constructor(path: string) {
    this.path = resolve(path);
    mkdirSync(dirname(this.path), { recursive: true });
    this.#unlock = lockForThisProcess(this.path);
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /**
   * What was written and not cut off. None where there is no file yet.
   * @throws JournalError for a line that is not as it was written
   */
  *texts(): Generator<string> {
    if (!existsSync(this.path)) return;
    const fileDescriptor = openSync(this.path, 'r');
    try {
      let lineNumber = 0;
      for (const line of readLines(fileDescriptor)) {
        lineNumber += 1;
        const text = fromLine(line);
        if (text === undefined) throw this.error(lineNumber, 'is damaged');
        yield text;
      }
      // A journal never holds less than its first line: this is someone's other file.
      if (lineNumber === 0 && fstatSync(fileDescriptor).size > 0) throw this.error(1, 'is damaged');
    } finally {
      closeSync(fileDescriptor);
    }
  }

  error(lineNumber: number, what: string): JournalError {
    return new JournalError(
      `The journal ${this.path} cannot be used: line ${lineNumber} ${what}. Put back a copy of the file, or move it away to start with nothing.`,
    );
  }

  /** Writes the file anew: whoever reads it finds either all of the old lines or all of these. */
  rewrite(texts: Iterable<string>): void {
    this.#orFail(() => {
      const newPath = `${this.path}.new`;
      const fileDescriptor = openSync(newPath, 'w', FOR_ITS_OWNER);
      let waiting = '';
      for (const text of texts) {
        waiting += toLine(text);
        if (waiting.length < WRITE_CHARACTERS) continue;
        writeFileSync(fileDescriptor, waiting);
        waiting = '';
      }
      writeFileSync(fileDescriptor, waiting);
      // The old file goes, with what may long have been on the disk: so must this one be.
      fsyncSync(fileDescriptor);
      // Windows replaces no file that is open.
      this.#closeFile();
      renameSync(newPath, this.path);
      this.#fileDescriptor = fileDescriptor;
      this.#sizeBytes = fstatSync(fileDescriptor).size;
    });
  }

  append(text: string): void {
    this.#orFail(() => {
      const line = toLine(text);
      if (this.#fileDescriptor === undefined) throw new Error('it is closed');
      writeFileSync(this.#fileDescriptor, line);
      this.#sizeBytes += Buffer.byteLength(line);
    });
  }

  /** @throws JournalError once anything could not be written: what is in memory is more than what is in the file */
  checkUsable(): void {
    if (this.#failure !== undefined) throw new JournalError(this.#failure);
  }

  close(): void {
    this.#closeFile();
    this.#failure = `The journal ${this.path} is closed, and what it keeps with it: start again.`;
    this.#unlock();
  }

  #orFail(write: () => void): void {
    try {
      write();
    } catch (error) {
      const cause = errorMessage(error);
      this.#failure = `The journal ${this.path} could not be written (${cause}), so nothing more is taken: make room or fix the directory's permissions, and start again.`;
      throw new JournalError(this.#failure);
    }
  }

  #closeFile(): void {
    if (this.#fileDescriptor !== undefined) closeSync(this.#fileDescriptor);
    this.#fileDescriptor = undefined;
  }
}

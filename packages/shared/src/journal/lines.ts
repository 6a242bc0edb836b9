import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const READ_BYTES = 1_048_576;
const NEWLINE = 0x0a;
const CHECKSUM_LENGTH = 8;

/** A line of the journal: the checksum, a space, the text. */
export const toLine = (text: string): string => `${checksum(text)} ${text}\n`;

/** @returns undefined for a line that is not as it was written */
export function fromLine(line: string): string | undefined {
  const text = line.slice(CHECKSUM_LENGTH + 1);
  return line === `${checksum(text)} ${text}` ? text : undefined;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(CHECKSUM_LENGTH, '0');

/** The lines of a file that end in a newline. One that does not was cut off while it was written, and is left out. */
export function* readLines(fileDescriptor: number): Generator<string> {
  const chunk = Buffer.alloc(READ_BYTES);
  let parts: Buffer[] = [];
  for (;;) {
    const length = readSync(fileDescriptor, chunk);
    if (length === 0) return;
    let start = 0;
    for (;;) {
      const end = chunk.subarray(0, length).indexOf(NEWLINE, start);
      if (end === -1) break;
      yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString();
      parts = [];
      start = end + 1;
    }
    parts.push(Buffer.from(chunk.subarray(start, length)));
  }
}

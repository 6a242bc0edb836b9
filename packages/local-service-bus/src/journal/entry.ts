import { createHash } from 'node:crypto';
import type { Command } from '../core/command.ts';
import type { NamespaceRecord } from '../core/record.ts';
import type { Entities } from '../entities.ts';
import type { Drawn } from './inputs.ts';
import { fromJsonValue, toJsonValue } from './json-value.ts';

const FORMAT = 'sandbox-teardown/service-bus-journal';
const VERSION = 1;

/** The first line: whose state this is, and as of when. */
export interface Header {
  readonly format: string;
  readonly version: number;
  /** A hash over the entities: under others the same commands would mean something else. */
  readonly entities: string;
  readonly atMs: number;
}

/** Every other line: what the namespace held when the file was written, then what was done to it since. */
export type Entry = { readonly record: NamespaceRecord } | ({ readonly command: Command } & Drawn);

export const header = (entities: Entities, atMs: number): Header => ({
  format: FORMAT,
  version: VERSION,
  entities: createHash('sha256').update(JSON.stringify(entities)).digest('hex'),
  atMs,
});

/** @returns what is wrong with a journal's header, if anything */
export function headerFault(found: Partial<Header>, expected: Header): string | undefined {
  if (found.format !== expected.format || found.version !== expected.version) {
    return `is not the beginning of a journal of version ${VERSION}`;
  }
  if (found.entities !== expected.entities) {
    return 'says that it was written for other queues, topics or subscriptions than are declared now';
  }
  return undefined;
}

export const toText = (entry: Entry | Header): string => JSON.stringify(toJsonValue(entry));

/** The line's checksum has shown that it is as `toText` made it. */
export const fromText = <Kind extends Entry | Header>(text: string): Kind =>
  fromJsonValue(JSON.parse(text)) as Kind;

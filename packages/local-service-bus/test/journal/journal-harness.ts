import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Namespace } from '../../src/core/namespace.ts';
import { type Entities, parseEntities } from '../../src/entities.ts';
import { JournalledNamespace } from '../../src/journal/journalled-namespace.ts';
import { START_MS } from '../core/core-harness.ts';

/** A path for a journal; it and what lies beside it is gone after the test. */
export function journalPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'bus.journal');
}

/** A namespace on a journal that can be stopped at any moment and opened again. Stopping it writes nothing. */
export class JournalHarness {
  nowMs = START_MS;
  readonly path: string;
  readonly #entities: Entities;
  readonly #compactOverBytes: number | undefined;
  #open: JournalledNamespace | undefined;
  #ids = 0;

  constructor(path: string, entities: object, compactOverBytes?: number) {
    this.path = path;
    this.#entities = parseEntities(entities);
    this.#compactOverBytes = compactOverBytes;
  }

  static withQueue(properties: object = {}, compactOverBytes?: number): JournalHarness {
    const entities = { queues: [{ name: 'jobs', properties }] };
    const harness = new JournalHarness(journalPath(), entities, compactOverBytes);
    onTestFinished(() => harness.stop());
    return harness;
  }

  get namespace(): Namespace {
    this.#open ??= JournalledNamespace.open(
      {
        entities: this.#entities,
        nowMs: () => this.nowMs,
        newId: () => {
          this.#ids += 1;
          return `id-${this.#ids}`;
        },
      },
      {
        path: this.path,
        ...(this.#compactOverBytes !== undefined && { compactOverBytes: this.#compactOverBytes }),
      },
    );
    return this.#open;
  }

  stop(): void {
    this.#open?.close();
    this.#open = undefined;
  }

  restart(): Namespace {
    this.stop();
    return this.namespace;
  }

  bodies(path = 'jobs'): unknown[] {
    return this.namespace.receiveAndDelete(path, Infinity).map(({ content }) => content.body);
  }
}

import { errorMessage } from '@sandbox-teardown/shared/error-message';
import { JournalFile } from '@sandbox-teardown/shared/journal';
import { type Command, perform } from '../core/command.ts';
import type { Rule } from '../core/filter.ts';
import type { BrokeredMessage, LockedMessage, Outcome, SendableMessage } from '../core/message.ts';
import { Namespace, type NamespaceOptions } from '../core/namespace.ts';
import type { Entities } from '../entities.ts';
import { type Entry, fromText, type Header, header, headerFault, toText } from './entry.ts';
import { Inputs } from './inputs.ts';

/** Once the file is as large as this, and twice what it was when last written anew, it is written anew. */
const COMPACT_OVER_BYTES = 8_388_608;
const COMPACT_GROWTH = 2;

export interface JournalOptions {
  readonly path: string;
  readonly compactOverBytes?: number;
}

/**
 * A namespace that outlives its process. Every command that changed something is in the journal, with the time and
 * the ids it used, before its caller hears of it; done again in the same order they make the same namespace.
 *
 * At the start every lock ends as if its time were up, for the links on which its holder could have settled are
 * gone: what was locked counts as delivered once more, and can be received at once.
 */
export class JournalledNamespace extends Namespace {
  readonly #entities: Entities;
  readonly #inputs: Inputs;
  readonly #file: JournalFile;
  readonly #compactOverBytes: number;
  #compactAtBytes = 0;

  private constructor(options: NamespaceOptions, inputs: Inputs, journal: JournalOptions) {
    super({ ...options, nowMs: () => inputs.nowMs(), newId: () => inputs.newId() });
    this.#entities = options.entities;
    this.#inputs = inputs;
    this.#file = new JournalFile(journal.path);
    this.#compactOverBytes = journal.compactOverBytes ?? COMPACT_OVER_BYTES;
  }

  /** @throws JournalError when the file is another broker's, damaged, or of other entities */
  static open(options: NamespaceOptions, journal: JournalOptions): JournalledNamespace {
    const namespace = new JournalledNamespace(options, new Inputs(options), journal);
    try {
      namespace.#readFile();
      namespace.endLocks();
      namespace.#compact();
      return namespace;
    } catch (error) {
      namespace.close();
      throw error;
    }
  }

  close(): void {
    this.#file.close();
  }

  override send(path: string, messages: readonly SendableMessage[]): number[] {
    return this.#journalled({ do: 'send', path, messages }, () => super.send(path, messages));
  }

  override cancelScheduled(path: string, sequenceNumbers: readonly number[]): void {
    this.#journalled({ do: 'cancel-scheduled', path, sequenceNumbers }, () =>
      super.cancelScheduled(path, sequenceNumbers),
    );
  }

  override receive(path: string, maxCount = 1): LockedMessage[] {
    return this.#journalled({ do: 'receive', path, maxCount }, () => super.receive(path, maxCount));
  }

  override receiveAndDelete(path: string, maxCount = 1): BrokeredMessage[] {
    return this.#journalled({ do: 'receive-and-delete', path, maxCount }, () =>
      super.receiveAndDelete(path, maxCount),
    );
  }

  override expireDeferred(path: string, sequenceNumbers: readonly number[]): number[] {
    return this.#journalled({ do: 'expire-deferred', path, sequenceNumbers }, () =>
      super.expireDeferred(path, sequenceNumbers),
    );
  }

  override receiveDeferred(path: string, sequenceNumbers: readonly number[]): LockedMessage[] {
    return this.#journalled({ do: 'receive-deferred', path, sequenceNumbers }, () =>
      super.receiveDeferred(path, sequenceNumbers),
    );
  }

  override receiveAndDeleteDeferred(
    path: string,
    sequenceNumbers: readonly number[],
  ): BrokeredMessage[] {
    return this.#journalled({ do: 'receive-and-delete-deferred', path, sequenceNumbers }, () =>
      super.receiveAndDeleteDeferred(path, sequenceNumbers),
    );
  }

  override settle(path: string, lockToken: string, outcome: Outcome): void {
    this.#journalled({ do: 'settle', path, lockToken, outcome }, () =>
      super.settle(path, lockToken, outcome),
    );
  }

  override renewLock(path: string, lockToken: string): number {
    return this.#journalled({ do: 'renew-lock', path, lockToken }, () =>
      super.renewLock(path, lockToken),
    );
  }

  override addRule(path: string, rule: Rule): void {
    this.#journalled({ do: 'add-rule', path, rule }, () => super.addRule(path, rule));
  }

  override removeRule(path: string, name: string): void {
    this.#journalled({ do: 'remove-rule', path, name }, () => super.removeRule(path, name));
  }

  /** A command that is refused, or finds nothing, has changed nothing, and is not kept. */
  #journalled<Answer>(command: Command, work: () => Answer): Answer {
    if (this.#inputs.isReplaying) return work();
    this.#file.checkUsable();
    this.#inputs.drawn();
    const answer = work();
    if (Array.isArray(answer) && answer.length === 0) return answer;
    this.#file.append(toText({ command, ...this.#inputs.drawn() }));
    if (this.#file.sizeBytes >= this.#compactAtBytes) this.#compact();
    return answer;
  }

  #readFile(): void {
    let lineNumber = 0;
    for (const text of this.#file.texts()) {
      lineNumber += 1;
      if (lineNumber === 1) this.#readHeader(fromText<Header>(text));
      else this.#redo(fromText<Entry>(text), lineNumber);
    }
  }

  #readHeader(found: Header): void {
    const fault = headerFault(found, header(this.#entities, 0));
    if (fault !== undefined) throw this.#file.error(1, fault);
    this.#inputs.startFrom(found.atMs);
  }

  #redo(entry: Entry, lineNumber: number): void {
    try {
      if ('record' in entry) this.restore(entry.record);
      else this.#inputs.replay(entry, () => perform(this, entry.command));
    } catch (error) {
      const cause = errorMessage(error);
      throw this.#file.error(lineNumber, `has no longer the effect it had (${cause})`);
    }
  }

  #compact(): void {
    this.#file.rewrite(this.#texts());
    this.#compactAtBytes = Math.max(this.#compactOverBytes, COMPACT_GROWTH * this.#file.sizeBytes);
  }

  *#texts(): Generator<string> {
    yield toText(header(this.#entities, this.#inputs.drawn().atMs));
    for (const record of this.records()) yield toText({ record });
  }
}

import type { Socket } from 'node:net';
import type { Clock } from '@sandbox-teardown/shared/clock';
import { errorMessage } from '@sandbox-teardown/shared/error-message';
import type { Connection } from 'rhea';
import { FrameMeter } from './frame-meter.ts';
import {
  FRAME_DEADLINE_MS,
  MAX_HELD_BYTES,
  MODEST_STATE_BYTES,
  OPENING_DEADLINE_MS,
} from './limits.ts';
import type { Holder, MemoryBudget } from './memory-budget.ts';
import { checkPerformatives } from './performative-checks.ts';
import {
  acceptSocket,
  closeAtOnce,
  connectionState,
  forgetConnection,
  hasOpenLink,
  surround,
} from './rhea-internals.ts';
import { SendBuffer } from './send-buffer.ts';
import { stateBytes } from './state-bytes.ts';
import { UnfinishedFrame } from './unfinished-frame.ts';
import { Violation } from './violation.ts';

export interface PeerDeps {
  /** The wire's own time: deadlines are for sockets, whatever time it is for messages. */
  readonly clock: Clock;
  readonly memory: MemoryBudget;
  readonly log: (line: string) => void;
}

/** Something the broker holds because of a peer. */
export interface Held {
  readonly bytes: number;
}

/** Whoever is at the other end of a socket. Nothing it does harms more than its own connection. */
export class Peer implements Holder {
  readonly sendBuffer: SendBuffer;
  readonly #connection: Connection;
  readonly #socket: Socket;
  readonly #deps: PeerDeps;
  readonly #meter = new FrameMeter();
  readonly #unfinishedFrame = new UnfinishedFrame(this.#meter);
  readonly #held: Held[];
  #isGone = false;
  #deadlineFor = -1;
  #cancelFrameDeadline: () => void = () => undefined;
  readonly #cancelOpeningDeadline: () => void;

  constructor(connection: Connection, socket: Socket, deps: PeerDeps) {
    this.#connection = connection;
    this.#socket = socket;
    this.#deps = deps;
    this.sendBuffer = new SendBuffer(connection, socket, () => this.#count());
    this.#held = [this.#unfinishedFrame, checkPerformatives(connection), this.sendBuffer];
    surround<Buffer>(connection, 'input', (read, bytes) => this.#read(read, bytes));
    surround(connection, '_process', (write) => this.#write(write));
    this.#cancelOpeningDeadline = this.#cutOffIn(OPENING_DEADLINE_MS, 'it did not open in time');
    connection.once('connection_open', this.#cancelOpeningDeadline);
    socket.on('drain', () => this.#goOn());
    socket.once('close', () => this.#forget());
    acceptSocket(connection, socket);
  }

  /** Whether it has begun anything that would be lost with it. */
  get isInUse(): boolean {
    return hasOpenLink(this.#connection);
  }

  /** Has something more counted among what the broker holds because of this peer. */
  alsoHolds(held: Held): void {
    this.#held.push(held);
  }

  /** Without a word. */
  cutOff(reason: unknown): void {
    if (this.#isGone) return;
    this.#leave(errorMessage(reason));
    this.#socket.destroy();
  }

  /** Says why, if the peer is open and reads. */
  end(condition: string, description: string): void {
    if (!this.#connection.is_open() || this.sendBuffer.bytes > 0) {
      this.cutOff(new Violation(description));
      return;
    }
    if (this.#isGone) return;
    this.#leave(description);
    closeAtOnce(this.#connection, { condition, description });
    this.#socket.destroySoon();
  }

  endForMemory(): void {
    this.end(
      'amqp:resource-limit-exceeded',
      `The local broker holds more than ${MAX_HELD_BYTES} bytes for its clients, and for this one longest: finish messages, read what comes, or open fewer links and sessions.`,
    );
  }

  #leave(why: string): void {
    this.#isGone = true;
    this.#deps.memory.release(this);
    this.#deps.log(`service bus: a client was cut off: ${why}`);
  }

  #read(read: () => void, bytes: Buffer): void {
    if (this.#isGone) return;
    this.#guarded(() => {
      this.#meter.take(bytes);
      this.#unfinishedFrame.take(bytes);
      read();
      const { saved_error: error } = connectionState(this.#connection);
      if (error !== undefined) throw error;
    });
    this.#watchFrame();
    // Who does not read is not listened to either: every answer would have to be kept.
    if (this.sendBuffer.isUnread) this.#socket.pause();
  }

  #write(write: () => void): void {
    this.#guarded(() => {
      write();
      this.sendBuffer.afterWriting();
    });
  }

  #goOn(): void {
    this.#guarded(() => this.sendBuffer.announceRoom());
    this.#socket.resume();
  }

  /** Whatever was done, what it makes the broker hold is counted anew. */
  #guarded(work: () => void): void {
    try {
      work();
      this.#count();
    } catch (error) {
      this.cutOff(error);
    }
  }

  #count(): void {
    if (this.#isGone) return;
    const excessBytes = Math.max(0, stateBytes(this.#connection) - MODEST_STATE_BYTES);
    const bytes = this.#held.reduce((sum, held) => sum + held.bytes, excessBytes);
    this.#deps.memory.hold(this, bytes);
  }

  #watchFrame(): void {
    const { isInFrame, completeCount } = this.#meter;
    if (isInFrame && this.#deadlineFor === completeCount) return;
    this.#cancelFrameDeadline();
    this.#deadlineFor = -1;
    if (!isInFrame || this.#isGone) return;
    this.#deadlineFor = completeCount;
    this.#cancelFrameDeadline = this.#cutOffIn(FRAME_DEADLINE_MS, 'it did not finish a frame');
  }

  #cutOffIn(ms: number, reason: string): () => void {
    const { clock } = this.#deps;
    return clock.schedule(clock.nowMs() + ms, () => this.cutOff(new Violation(reason)));
  }

  #forget(): void {
    this.#isGone = true;
    this.#deps.memory.release(this);
    this.#cancelOpeningDeadline();
    this.#cancelFrameDeadline();
    forgetConnection(this.#connection);
  }
}

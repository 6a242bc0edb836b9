import type { Socket } from 'node:net';
import type { Connection } from 'rhea';
import type { Clock } from '../../clock.ts';
import { FrameMeter } from './frame-meter.ts';
import { FRAME_DEADLINE_MS, OPENING_DEADLINE_MS } from './limits.ts';
import { checkPerformatives } from './performative-checks.ts';
import { acceptSocket, connectionState, forgetConnection, surround } from './rhea-internals.ts';
import { SendBuffer } from './send-buffer.ts';
import { Violation } from './violation.ts';

export interface PeerSurroundings {
  /** The wire's own time: deadlines are for sockets, whatever time it is for messages. */
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Whoever is at the other end of a socket. Nothing it does harms more than its own connection. */
export class Peer {
  readonly sendBuffer: SendBuffer;
  readonly #connection: Connection;
  readonly #socket: Socket;
  readonly #surroundings: PeerSurroundings;
  readonly #meter = new FrameMeter();
  #deadlineFor = -1;
  #cancelFrameDeadline: () => void = () => undefined;
  readonly #cancelOpeningDeadline: () => void;

  constructor(connection: Connection, socket: Socket, surroundings: PeerSurroundings) {
    this.#connection = connection;
    this.#socket = socket;
    this.#surroundings = surroundings;
    this.sendBuffer = new SendBuffer(connection, socket);
    checkPerformatives(connection);
    surround<Buffer>(connection, 'input', (read, bytes) => this.#read(read, bytes));
    surround(connection, '_process', (write) => this.#write(write));
    this.#cancelOpeningDeadline = this.#cutOffIn(OPENING_DEADLINE_MS, 'it did not open in time');
    connection.once('connection_open', this.#cancelOpeningDeadline);
    socket.on('drain', () => socket.resume());
    socket.once('close', () => this.#forget());
    acceptSocket(connection, socket);
  }

  cutOff(reason: unknown): void {
    if (this.#socket.destroyed) return;
    const why = reason instanceof Error ? reason.message : String(reason);
    this.#surroundings.log(`service bus: a client was cut off: ${why}`);
    this.#socket.destroy();
  }

  #read(read: () => void, bytes: Buffer): void {
    if (this.#socket.destroyed) return;
    this.#guarded(() => {
      this.#meter.take(bytes);
      read();
      const { saved_error: error } = connectionState(this.#connection);
      if (error !== undefined) throw error;
    });
    this.#watchFrame();
    // Who does not read is not listened to either: every answer would have to be kept.
    if (this.sendBuffer.isUnread) this.#socket.pause();
  }

  #write(write: () => void): void {
    this.#guarded(write);
    this.sendBuffer.afterWriting();
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.cutOff(error);
    }
  }

  #watchFrame(): void {
    const { isInFrame, completeCount } = this.#meter;
    if (isInFrame && this.#deadlineFor === completeCount) return;
    this.#cancelFrameDeadline();
    this.#deadlineFor = -1;
    if (!isInFrame || this.#socket.destroyed) return;
    this.#deadlineFor = completeCount;
    this.#cancelFrameDeadline = this.#cutOffIn(FRAME_DEADLINE_MS, 'it did not finish a frame');
  }

  #cutOffIn(ms: number, reason: string): () => void {
    const { clock } = this.#surroundings;
    return clock.schedule(clock.nowMs() + ms, () => this.cutOff(new Violation(reason)));
  }

  #forget(): void {
    this.#cancelOpeningDeadline();
    this.#cancelFrameDeadline();
    forgetConnection(this.#connection);
  }
}

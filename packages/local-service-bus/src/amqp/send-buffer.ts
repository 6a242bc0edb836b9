import type { Socket } from 'node:net';
import type { Connection } from 'rhea';
import { MAX_UNREAD_BYTES } from './limits.ts';
import { releaseSent, unsentBytes } from './rhea-internals.ts';

/** What one connection has to say and its peer has not read yet. */
export class SendBuffer {
  readonly #connection: Connection;
  readonly #socket: Socket;
  /** Handed to rhea and not written, because the turn has not ended or the peer's window is closed. */
  #unsentBytes = 0;
  #wasFull = false;
  readonly #onRoom: (() => void)[] = [];

  readonly #onAdded: () => void;

  /** @param onAdded is called whenever there is more than before */
  constructor(connection: Connection, socket: Socket, onAdded: () => void) {
    this.#onAdded = onAdded;
    this.#connection = connection;
    this.#socket = socket;
  }

  get bytes(): number {
    return this.#unsentBytes + this.#socket.writableLength;
  }

  /** Asked before each message, so that one message too many is the most there is. */
  get hasRoom(): boolean {
    const hasRoom = this.bytes < MAX_UNREAD_BYTES && !this.#socket.destroyed;
    this.#wasFull ||= !hasRoom;
    return hasRoom;
  }

  /** Whether the peer leaves unread what was written to its socket. A closed window is another matter: it says itself when it opens. */
  get isUnread(): boolean {
    return this.#socket.writableLength >= MAX_UNREAD_BYTES;
  }

  /** Calls back, time and again, when there is room after there was none. */
  onRoom(callback: () => void): void {
    this.#onRoom.push(callback);
  }

  add(bytes: number): void {
    this.#unsentBytes += bytes;
    this.#onAdded();
  }

  /** To be called when rhea has written what it could. */
  afterWriting(): void {
    this.#unsentBytes = unsentBytes(this.#connection);
    releaseSent(this.#connection);
    this.announceRoom();
  }

  /** To be called, too, when the peer has read what was written. */
  announceRoom(): void {
    if (!this.#wasFull || !this.hasRoom) return;
    this.#wasFull = false;
    for (const callback of this.#onRoom) callback();
  }
}

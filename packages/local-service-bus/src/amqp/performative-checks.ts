import type { Connection, Typed } from 'rhea';
import {
  MAX_LINKS,
  MAX_SESSIONS,
  MIN_PEER_FRAME_BYTES,
  MIN_PEER_IDLE_TIMEOUT_MS,
  SESSION_BUFFER,
} from './limits.ts';
import { connectionState, type Frame, intercept } from './rhea-internals.ts';
import { UnfinishedMessages } from './unfinished-messages.ts';
import { Violation } from './violation.ts';

const MAX_UINT = 0xffff_ffff;

/** Which sources and targets there are, by their descriptors. */
const TERMINI: Readonly<Record<string, readonly unknown[]>> = {
  source: [0x28, 'amqp:source:list'],
  target: [0x29, 'amqp:target:list'],
};

/** The fields that are numbers, by performative. rhea takes whatever comes, and calculates with it. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  on_open: ['max_frame_size', 'channel_max', 'idle_time_out'],
  on_begin: ['remote_channel', 'next_outgoing_id', 'incoming_window', 'outgoing_window'],
  on_attach: ['handle', 'initial_delivery_count'],
  on_flow: [
    'next_incoming_id',
    'incoming_window',
    'next_outgoing_id',
    'outgoing_window',
    'handle',
    'delivery_count',
    'link_credit',
  ],
  on_transfer: ['handle', 'delivery_id', 'message_format'],
  on_disposition: ['first', 'last'],
  on_detach: ['handle'],
  on_end: [],
  on_close: [],
};

/**
 * Checks a peer's performative before rhea acts on it; a Violation ends the connection.
 * @returns what it has begun to say
 */
export function checkPerformatives(connection: Connection): UnfinishedMessages {
  const state = connectionState(connection);
  const unfinished = new UnfinishedMessages();
  const checks: Readonly<Record<string, (frame: Frame) => void>> = {
    on_open: checkOpen,
    on_begin: () =>
      checkCount('sessions', Object.keys(state.local_channel_map).length, MAX_SESSIONS),
    on_attach: (frame) => {
      const sessions = Object.values(state.local_channel_map);
      const count = sessions.reduce((sum, { links }) => sum + Object.keys(links).length, 0);
      checkCount('links', count, MAX_LINKS);
      dropUnknownTermini(frame);
    },
    on_transfer: (frame) => {
      const session = state.remote_channel_map[frame.channel];
      const link = session?.remote.handles[Number(frame.performative['handle'])];
      if (link !== undefined) unfinished.check(frame, link);
    },
    on_disposition: checkRange,
  };
  for (const [handler, fields] of Object.entries(NUMBERS)) {
    intercept<Frame>(connection, handler, (frame) => {
      for (const field of fields) checkNumber(frame, field);
      checks[handler]?.(frame);
    });
  }
  return unfinished;
}

function checkNumber({ performative }: Frame, field: string): void {
  const value = performative[field];
  if (value === undefined || value === null) return;
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_UINT) return;
  throw new Violation(`it gave no number for ${field}`);
}

function checkOpen({ performative }: Frame): void {
  const maxFrameBytes = Number(performative['max_frame_size'] ?? MAX_UINT);
  if (maxFrameBytes < MIN_PEER_FRAME_BYTES) {
    throw new Violation(`it takes frames of at most ${maxFrameBytes} bytes only`);
  }
  const idleMs = Number(performative['idle_time_out'] ?? 0);
  if (idleMs > 0 && idleMs < MIN_PEER_IDLE_TIMEOUT_MS) {
    throw new Violation(`it wants to hear from the broker every ${idleMs} ms`);
  }
}

function checkCount(what: string, count: number, maxCount: number): void {
  if (count >= maxCount) throw new Violation(`it has ${count} ${what}, the most there can be`);
}

/** rhea prints each that it does not know, and takes it for none, as the coordinator of transactions. */
function dropUnknownTermini({ performative }: Frame): void {
  for (const [field, codes] of Object.entries(TERMINI)) {
    const descriptor = (performative[field] as Typed | undefined)?.descriptor?.value;
    if (descriptor !== undefined && !codes.includes(descriptor)) performative[field] = undefined;
  }
}

/** rhea walks through the whole range, which may have four thousand million numbers in it. */
function checkRange({ performative }: Frame): void {
  const first = Number(performative['first'] ?? 0);
  const last = Number(performative['last'] ?? first);
  if (last - first < SESSION_BUFFER.outgoing) return;
  throw new Violation(`it settled ${last - first + 1} deliveries at once`);
}

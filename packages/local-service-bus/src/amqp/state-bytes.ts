import type { Connection } from 'rhea';
import { connectionState } from './rhea-internals.ts';

/** About what rhea and the broker need for one, as measured. */
const SESSION_BYTES = 4_096;
const LINK_BYTES = 8_192;
const DELIVERY_BYTES = 512;
const VALUE_BYTES = 16;
const OBJECT_BYTES = 64;

const weights = new WeakMap<object, number>();

/** What a connection's sessions, links and deliveries cost, and what the peer said of itself when it opened them. */
export function stateBytes(connection: Connection): number {
  const { remote, local_channel_map: sessions } = connectionState(connection);
  let bytes = weightOf(remote.open);
  for (const { links, remote: peer, incoming, outgoing } of Object.values(sessions)) {
    bytes += SESSION_BYTES + weightOf(peer.begin);
    bytes += DELIVERY_BYTES * (incoming.deliveries.size + outgoing.deliveries.size);
    for (const link of Object.values(links)) bytes += LINK_BYTES + weightOf(link.remote.attach);
  }
  return bytes;
}

/** Weighed once: what was said does not change. */
function weightOf(said: object | undefined): number {
  if (said === undefined) return 0;
  const weight = weights.get(said) ?? weigh(said);
  weights.set(said, weight);
  return weight;
}

/** A part of what was read from the socket keeps all of that in memory. */
function weigh(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + 2 * value.length;
  if (ArrayBuffer.isView(value)) return OBJECT_BYTES + value.buffer.byteLength;
  if (typeof value !== 'object' || value === null) return VALUE_BYTES;
  return Object.values(value).reduce((sum: number, part) => sum + weigh(part), OBJECT_BYTES);
}

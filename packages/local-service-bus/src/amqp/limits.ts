/** What peers may cost the broker, however they behave. A local run stays far below all of it. */

/** As the service has it; larger messages come in several frames. SASL frames are smaller still. */
export const MAX_FRAME_BYTES = 65_536;

/** AMQP's own least; rhea cuts messages to a peer's maximum, and never ends if that leaves no room for any. */
export const MIN_PEER_FRAME_BYTES = 512;

/** As many as a Standard namespace includes; one that has no link makes way for the next. */
export const MAX_CONNECTIONS = 1_000;

/** Peers that have not finished opening; the oldest of them makes way for the next. */
export const MAX_OPENING_CONNECTIONS = 200;

export const OPENING_DEADLINE_MS = 10_000;

/** From a frame's first byte to its last. */
export const FRAME_DEADLINE_MS = 30_000;

/** Peers learn it, and send empty frames in between; rhea gives up after twice as long. */
export const IDLE_TIMEOUT_MS = 60_000;

/** A peer that wants to hear from the broker more often than that does not. */
export const MIN_PEER_IDLE_TIMEOUT_MS = 1_000;

export const MAX_SESSIONS = 1_000;

export const MAX_LINKS = 1_000;

/** How many deliveries of one session rhea keeps track of: locked ones stay until they are settled. */
export const SESSION_BUFFER = { incoming: 2_048, outgoing: 65_536 } as const;

/** Of messages of which more is to come, all links of a connection together, on top of one message of the largest size. */
export const MAX_UNFINISHED_BYTES = 16_777_216;

/**
 * The bytes that the broker may hold for all peers together: unfinished frames and messages, unread and waiting
 * answers. Over it, the peer that has been stuck with its share for longest is cut off.
 */
export const MAX_HELD_BYTES = 20_971_520;

/** A peer's sessions and links, on top of that; a client that sends and receives has 90 KB of them. More counts there, too. */
export const MODEST_STATE_BYTES = 131_072;

/** What one peer may leave unread before it gets no more, and is no longer read. */
export const MAX_UNREAD_BYTES = 1_048_576;

/** Replies, and requests to peek, for which a peer gives no credit, before the oldest are dropped. */
export const MAX_WAITING_REPLIES = 1_000;
export const MAX_WAITING_REPLY_BYTES = 4_194_304;

/** Messages peeked at in one reply; a single larger one is shown all the same. */
export const MAX_PEEKED_BYTES = 1_048_576;

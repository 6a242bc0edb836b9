import type { Receiver } from 'rhea';
import { localAttach } from './rhea-internals.ts';

/** Answers the attach of a link on which the client sends. */
export function acceptTarget(receiver: Receiver, maxMessageBytes: number): void {
  // .NET clients fail if the answer to their attach has other settle modes than they asked for, and
  // cannot send without knowing how large a message may be.
  localAttach(receiver).snd_settle_mode = receiver.snd_settle_mode;
  localAttach(receiver).rcv_settle_mode = receiver.rcv_settle_mode;
  localAttach(receiver).max_message_size = maxMessageBytes;
  receiver.set_source({ address: receiver.source?.address ?? '' });
  receiver.set_target({ address: receiver.target.address });
}

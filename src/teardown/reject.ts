import type { LogOf } from './log.ts';
import type { Messenger } from './messenger.ts';
import { redact } from './redact.ts';

/** How much of a malformed message its outcome keeps. */
const RECEIVED_LENGTH = 1_000;

export interface Malformed {
  /** Names the teardown that never was. */
  readonly messageId: string;
  readonly body: unknown;
  /** What is wrong with it. */
  readonly sentence: string;
}

/** Ends a message that cannot be read as what its queue is for, with an outcome that says why. */
export async function reject(
  { messageId, body, sentence }: Malformed,
  { messenger, nowMs }: { readonly messenger: Messenger; nowMs(): number },
  logOf: LogOf,
): Promise<void> {
  const now = nowMs();
  const nextStep = 'Correct the message and send it again under a new MessageId.';
  logOf(messageId)('outcome', {
    kind: 'rejected',
    reason: 'malformed-message',
    why: sentence,
    looks: 1,
    ageMs: 0,
    nextStep,
  });
  await messenger.publishOutcome(
    { teardownId: messageId, startedMs: now, endedMs: now, looks: 1 },
    {
      kind: 'rejected',
      reason: 'malformed-message',
      explanation: sentence,
      nextStep,
      received: redact(textOf(body)).slice(0, RECEIVED_LENGTH),
    },
  );
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    return 'JSON that is nested too deeply to be shown';
  }
}

import { redactAndCut } from '../../redaction/redact.ts';
import { quoted, visible } from '../../shared/visible-text.ts';
import type { LogOf } from '../log/log.ts';
import type { NewerCheck } from '../model/check-message.ts';
import type { IncomingMessage } from '../model/incoming-message.ts';
import { checkIdOf, teardownOfCheckId } from '../model/message-ids.ts';
import type { Messenger } from '../model/messenger.ts';
import type { Rejected } from '../model/outcome.ts';
import { REJECTED_REASONS } from '../model/reasons.ts';

/** How much of a rejected message its outcome keeps. */
const RECEIVED_LENGTH = 1_000;

interface Deps {
  readonly messenger: Messenger;
  nowMs(): number;
}

type Verdict = Omit<Rejected, 'kind' | 'received'>;

/** Ends a request that cannot be parsed with an outcome that says why. */
export function rejectRequest(
  message: IncomingMessage,
  problem: string,
  deps: Deps,
  logOf: LogOf,
): Promise<void> {
  const verdict = {
    reason: 'malformed-message',
    explanation: problem,
    nextStep: REJECTED_REASONS['malformed-message'].nextStep,
  } as const;
  return reject(message, verdict, deps, logOf);
}

/**
 * Ends a message on `teardown-checks` that this app did not send with an outcome under its own MessageId. If that is
 * the id of a check, duplicate detection may have dropped that check, and then only this outcome mentions the teardown.
 */
export function rejectForeignCheck(
  message: IncomingMessage,
  problem: string,
  deps: Deps,
  logOf: LogOf,
): Promise<void> {
  const displaced = teardownOfCheckId(message.messageId);
  const verdict = { reason: 'foreign-check', ...aboutDisplaced(problem, displaced) } as const;
  return reject(message, verdict, deps, logOf);
}

/**
 * Tells of a check of a newer version that this one cannot read, under its MessageId, and not as the end of anything: a
 * stranger may have sent it, and then only this event mentions the teardown before its deadline.
 */
export function tellOfNewerCheck(
  { teardownId, postponedFrom, body }: NewerCheck,
  problem: string,
  deps: Deps,
  logOf: LogOf,
): Promise<void> {
  const messageId = checkIdOf({ teardownId, attempt: postponedFrom });
  const verdict = {
    reason: 'newer-check',
    explanation: `${problem} It is scheduled again until its teardown's deadline. If a stranger has sent it, duplicate detection may have dropped the true check of the teardown ${quoted(teardownId)}, which then does not go on.`,
    nextStep: REJECTED_REASONS['newer-check'].nextStep,
    possiblyDisplaced: teardownId,
  } as const;
  return reject({ messageId, body }, verdict, deps, logOf);
}

const { nextStep: REVOKE } = REJECTED_REASONS['foreign-check'];

function aboutDisplaced(problem: string, displaced: string | undefined) {
  if (displaced === undefined) return { explanation: problem, nextStep: REVOKE };
  return {
    explanation: `${problem} It has the MessageId of a check of the teardown ${quoted(displaced)}: duplicate detection may have dropped that check, and then the teardown does not go on.`,
    nextStep: `Look for the outcome of that teardown; where there is none, request it again under a new MessageId. ${REVOKE}`,
    possiblyDisplaced: displaced,
  };
}

async function reject(
  { messageId, body }: IncomingMessage,
  verdict: Verdict,
  { messenger, nowMs }: Deps,
  logOf: LogOf,
): Promise<void> {
  const now = nowMs();
  const { reason, explanation, nextStep } = verdict;
  logOf(messageId)('outcome', {
    kind: 'rejected',
    reason,
    why: explanation,
    checks: 1,
    ageMs: 0,
    nextStep,
  });
  await messenger.publishOutcome(
    { teardownId: messageId, startedMs: now, endedMs: now, checks: 1 },
    {
      kind: 'rejected',
      ...verdict,
      received: visible(redactAndCut(textOf(body), RECEIVED_LENGTH)),
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

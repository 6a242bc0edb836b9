import { parseCheck } from './check-message.ts';
import { conclude } from './conclude.ts';
import type { SandboxProof } from './guards/sandbox-proof.ts';
import { enforcing } from './hands/enforcing.ts';
import { planning } from './hands/planning.ts';
import type { Log } from './log.ts';
import type { Look } from './look.ts';
import { lookAt } from './look-at.ts';
import type { Messenger } from './messenger.ts';
import { effectiveMode, type TeardownMode } from './mode.ts';
import type { Pacing } from './pacing.ts';
import type { PartnerCenterReader, PartnerCenterWriter } from './partner-center.ts';
import type { Protection } from './protection.ts';
import { redact } from './redact.ts';
import { LONGEST_TEXT, parseRequest, type TeardownRequest } from './request.ts';

/** A message as a trigger delivers it. */
export interface IncomingMessage {
  /** JSON already parsed where it was JSON, else text. */
  readonly body: unknown;
  readonly messageId: string;
  /** Why the MessageId cannot be what was sent; then `messageId` names the message in another way. */
  readonly messageIdProblem?: string;
  /** 1 on the first delivery. */
  readonly deliveryCount: number;
}

/** Everything a teardown works with; the functions wire it, tests and simulations bring their own. */
export interface Teardown {
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  readonly pacing: Pacing;
  readonly proveSandbox: SandboxProof;
  readonly messenger: Messenger;
  /** A client for one look, whose calls are traced by the teardown's id. */
  partnerCenter(teardownId: string, log: Log): PartnerCenterReader & PartnerCenterWriter;
  nowMs(): number;
  random(): number;
}

/** How much of a malformed message its outcome keeps. */
const RECEIVED_LENGTH = 1_000;

/** `cancelOrders`: takes a request, cancels what can be cancelled, and schedules the first check. */
export async function takeRequest(
  message: IncomingMessage,
  teardown: Teardown,
  log: Log,
): Promise<void> {
  const names = { teardownId: message.messageId, attempt: 0, startedMs: teardown.nowMs() };
  if (message.messageIdProblem !== undefined) {
    return reject(message, names, message.messageIdProblem, teardown, log);
  }
  const parsed = parseRequest(message.body);
  if (!parsed.ok) return reject(message, names, parsed.sentence, teardown, log);
  const redelivered = message.deliveryCount > 1;
  const request = withoutSecrets(parsed.value);
  await look({ ...names, request, begun: false, redelivered }, teardown, log);
}

/** `deleteCustomer`: takes a check, deletes the customer once all is released, or schedules the next check. */
export async function takeCheck(
  message: IncomingMessage,
  teardown: Teardown,
  log: Log,
): Promise<void> {
  const parsed = parseCheck(message.body, message.deliveryCount > 1);
  if (parsed.ok) return look(parsed.value, teardown, log);
  const names = { teardownId: message.messageId, attempt: 0, startedMs: teardown.nowMs() };
  return reject(message, names, parsed.sentence, teardown, log);
}

async function look(look: Look, teardown: Teardown, log: Log): Promise<void> {
  const client = teardown.partnerCenter(look.teardownId, log);
  const mode = effectiveMode(teardown.mode, look.request.dryRun);
  const ending = await lookAt(look, {
    reader: client,
    hand: mode === 'enforce' ? enforcing(client, log) : planning,
    mode,
    protections: teardown.protections,
    proveSandbox: teardown.proveSandbox,
    pacing: teardown.pacing,
    nowMs: teardown.nowMs(),
    random: () => teardown.random(),
  });
  await conclude(look, ending, teardown.messenger, log, teardown.nowMs());
}

/** What a person wrote is repeated in checks and in the outcome. */
function withoutSecrets(request: TeardownRequest): TeardownRequest {
  const { requestedBy, reason } = request;
  return {
    ...request,
    ...(requestedBy !== undefined && { requestedBy: clean(requestedBy) }),
    ...(reason !== undefined && { reason: clean(reason) }),
  };
}

/** As long as the check's own schema takes. */
function clean(text: string): string {
  return redact(text).slice(0, LONGEST_TEXT);
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    return 'JSON that is nested too deeply to be shown';
  }
}

async function reject(
  message: IncomingMessage,
  names: Pick<Look, 'teardownId' | 'attempt' | 'startedMs'>,
  sentence: string,
  teardown: Teardown,
  log: Log,
): Promise<void> {
  log.warn('outcome', { kind: 'rejected', reason: 'malformed-message', why: sentence });
  await teardown.messenger.publishOutcome(
    {
      teardownId: names.teardownId,
      startedMs: names.startedMs,
      endedMs: teardown.nowMs(),
      looks: names.attempt + 1,
    },
    {
      kind: 'rejected',
      reason: 'malformed-message',
      explanation: sentence,
      nextStep: 'Correct the message and send it again under a new MessageId.',
      received: redact(textOf(message.body)).slice(0, RECEIVED_LENGTH),
    },
  );
}

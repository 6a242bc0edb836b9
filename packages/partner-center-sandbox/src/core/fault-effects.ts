import { gatewayRefuse, type Reply, refuse, type SandboxAnswer } from './answer.ts';
import type { Fault } from './faults.ts';

type StatusFault = Extract<Fault, { kind: 'status' }>;

const BAD_GATEWAY = 502;
const TOO_MANY_REQUESTS = 429;

/** The gateway counts by the minute (article api-throttling-guidance). */
const RETRY_AFTER_SECONDS = 60;

/** The reply of a fault that answers instead of the service; `undefined` if the work is to be done. */
export function replyInstead(fault: Fault | undefined): Reply | undefined {
  if (fault?.kind === 'status') return statusReply(fault);
  if (fault?.kind === 'html') {
    return {
      status: fault.status ?? BAD_GATEWAY,
      headers: { 'Content-Type': 'text/html' },
      body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
    };
  }
  // Nothing is sent, and the status only goes into the request log.
  if (fault?.kind === 'drop') return { status: BAD_GATEWAY };
  return undefined;
}

function statusReply(fault: StatusFault): Reply {
  const { status, code, description, body, headers = usualHeaders(status) } = fault;
  const text = description ?? `Injected fault with status ${status}.`;
  if (body !== undefined) return { status, headers, body };
  if (status < 300) return { status, headers };
  return code === undefined
    ? gatewayRefuse(status, text, headers)
    : { ...refuse(status, code, text), headers };
}

/** Microsoft's SDK reads the Retry-After of a 429 without asking whether it is there. */
function usualHeaders(status: number): Readonly<Record<string, string>> {
  return status === TOO_MANY_REQUESTS ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {};
}

/** What a fault does to an answer on its way out. */
export function applyFault(answer: SandboxAnswer, fault: Fault | undefined): SandboxAnswer {
  if (fault === undefined) return answer;
  const dropped = fault.kind === 'drop' || fault.kind === 'drop-after';
  return { ...answer, ...damage(answer, fault), dropped, delayMs: fault.delayMs ?? 0 };
}

function damage(answer: SandboxAnswer, fault: Fault): Partial<SandboxAnswer> {
  switch (fault.kind) {
    case 'empty':
      return { body: undefined };
    case 'truncated': {
      const text = JSON.stringify(answer.body ?? null);
      return { body: text.slice(0, Math.ceil(text.length / 2)) };
    }
    case 'wrong-content-type':
      return {
        headers: { ...answer.headers, 'Content-Type': 'text/plain; charset=utf-8' },
        body: answer.body === undefined ? undefined : JSON.stringify(answer.body),
      };
    default:
      return {};
  }
}

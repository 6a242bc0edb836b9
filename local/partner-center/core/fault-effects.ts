import { gatewayRefuse, type Reply, refuse, type SandboxAnswer } from './answer.ts';
import type { Fault } from './faults.ts';

type StatusFault = Extract<Fault, { kind: 'status' }>;

const BAD_GATEWAY = 502;

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

function statusReply({ status, code, description, body, headers = {} }: StatusFault): Reply {
  const text = description ?? `Injected fault with status ${status}.`;
  if (body !== undefined) return { status, headers, body };
  if (status < 300) return { status, headers };
  return code === undefined
    ? gatewayRefuse(status, text, headers)
    : { ...refuse(status, code, text), headers };
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

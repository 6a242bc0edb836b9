import { redactAndCut } from '../../redaction/redact.ts';
import type { Log } from '../../teardown/log/log.ts';
import { readFault } from './fault.ts';
import type { Reply, Transport } from './transport.ts';

/** Codes are short. */
const MAX_CODE_LENGTH = 100;

/** Wraps a transport to log how each request went. */
export function loggedTransport(send: Transport, log: Log, nowMs: () => number): Transport {
  return async (request, headers) => {
    const sentMs = nowMs();
    const note = (status: number, code?: string): void =>
      log('request', {
        operation: request.operation,
        status,
        tookMs: nowMs() - sentMs,
        requestId: headers['ms-requestid'] ?? '',
        code: code === undefined ? undefined : redactAndCut(code, MAX_CODE_LENGTH),
      });
    try {
      const reply = await send(request, headers);
      note(reply.status, codeOf(reply));
      return reply;
    } catch (error) {
      // An answer with a body that is too large was successful.
      note(error instanceof RangeError ? 200 : 0);
      throw error;
    }
  };
}

function codeOf({ status, body }: Reply): string | undefined {
  return status >= 200 && status <= 299 ? undefined : readFault(body).code;
}

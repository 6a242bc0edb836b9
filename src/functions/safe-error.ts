import { redact } from '../redaction/redact.ts';

const MAX_CAUSES = 5;

/**
 * An error that a handler may throw. The host logs its message and stack, and an SDK's error may hold an answer, a
 * request or a whole chain of causes.
 */
export function safeError(error: unknown): Error {
  const safe = new Error(redact(messagesOf(error).join(' Because: ')));
  if (error instanceof Error) {
    safe.name = redact(error.name);
    safe.stack = redact(error.stack ?? safe.message);
  }
  return safe;
}

/**
 * Runs a handler.
 *
 * @throws a {@link safeError} for whatever the handler throws
 */
export async function throwingSafely<T>(handle: () => Promise<T>): Promise<T> {
  try {
    return await handle();
  } catch (error) {
    throw safeError(error);
  }
}

function messagesOf(error: unknown): readonly string[] {
  const messages: string[] = [];
  let each = error;
  while (each !== undefined && messages.length < MAX_CAUSES) {
    messages.push(
      each instanceof Error ? each.message : typeof each === 'string' ? each : 'no error',
    );
    each = each instanceof Error ? each.cause : undefined;
  }
  return messages;
}

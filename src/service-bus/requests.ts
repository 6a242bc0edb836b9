import { withTimeout } from '../shared/with-timeout.ts';

/**
 * The result of a request to Service Bus.
 *
 * @throws Error if it takes longer than `maxMs`
 */
export function answered<T>(maxMs: number, what: string, request: Promise<T>): Promise<T> {
  const seconds = maxMs / 1_000;
  return withTimeout(
    maxMs,
    request,
    `Service Bus gave no answer within ${seconds} seconds, when asked to ${what}.`,
  );
}

/** The SDK throws the errors of all attempts together, without a message; the last one says what is wrong. */
export function lastOf(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors.at(-1) ?? error) : error;
}

/** Whether the service itself refused, for instance because a lock is lost or a queue does not exist. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false;
}

/** What was asked, or an error once it has taken too long; whatever comes of it later is of no use to anybody. */
export function within<T>(longestMs: number, what: string, request: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const seconds = longestMs / 1_000;
      reject(
        new Error(`Service Bus gave no answer within ${seconds} seconds, when asked to ${what}.`),
      );
    }, longestMs);
  });
  return Promise.race([request, tooLong]).finally(() => clearTimeout(timer));
}

/** The SDK throws the errors of all its tries together, without a message; the last one says what is wrong. */
export function lastOf(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors.at(-1) ?? error) : error;
}

/** Whether the service itself said no: such as that a lock is lost, or that there is no such queue. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false;
}

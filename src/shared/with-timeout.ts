/**
 * The result of a request, if it comes in time; a later one is dropped.
 *
 * @throws Error with the message `message` after `maxMs`
 */
export function withTimeout<T>(maxMs: number, request: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), maxMs);
  });
  return Promise.race([request, tooLong]).finally(() => clearTimeout(timer));
}

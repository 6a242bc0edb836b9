/** What was asked, or an error with this message once it has taken too long; what comes of it later is of no use. */
export function withTimeout<T>(maxMs: number, request: Promise<T>, tooLate: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(tooLate)), maxMs);
  });
  return Promise.race([request, tooLong]).finally(() => clearTimeout(timer));
}

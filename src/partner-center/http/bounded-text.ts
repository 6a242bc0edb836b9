/** Larger than any page of a sandbox's lists. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads a body as UTF-8 text. The signal is needed besides fetch's own: the one that ky passes to fetch does not
 * outlive the request's garbage collection, so a slow body would be read for ever.
 *
 * @throws RangeError for a body over the limit; the rest of it is not read
 * @throws the signal's reason once it aborts
 */
export async function boundedText(
  response: Response,
  signal: AbortSignal,
  maxBytes = MAX_BODY_BYTES,
): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    return await readAll(reader, maxBytes, signal);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await reader.read();
    // A cancelled reader reports that it is done.
    signal.throwIfAborted();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      throw new RangeError(`The answer's body is larger than ${maxBytes} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

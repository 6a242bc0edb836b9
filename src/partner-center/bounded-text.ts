/** Larger than any list a sandbox can hold; more than this is not read. */
export const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** A body as UTF-8 text. Throws a RangeError for one over the limit, without reading the rest of it. */
export async function boundedText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BODY_BYTES) {
      throw new RangeError(`The answer's body is larger than ${MOST_BODY_BYTES} bytes.`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

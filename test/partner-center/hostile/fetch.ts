import { setImmediate } from 'node:timers/promises';
import type { RawAnswer } from './answers.ts';

/** Answers that by HTTP have no body. */
const WITHOUT_BODY = [204, 205, 304];
/** A body that is too large is read for one of these more. */
export const CHUNK_BYTES = 64 * 1024;

/**
 * A `fetch` whose answers are made up, and the bytes of all bodies that were read through it.
 *
 * @param timePasses for an answer to come, once every request that is made at the same time is on its way
 */
export type Wire = (
  answerTo: (request: Request) => RawAnswer,
  timePasses: () => void,
) => { readonly fetch: typeof fetch; readonly state: { requests: number; bytes: number } };

/** Without a socket. */
export const hostileFetch: Wire = (answerTo, timePasses) => {
  const state = { requests: 0, bytes: 0 };
  const hostile: typeof fetch = async (input, init) => {
    // Throws for a header or an address that is malformed, as Node's own does.
    const request = new Request(input, init);
    state.requests += 1;
    const { status, headers, body, broken } = answerTo(request);
    await setImmediate();
    timePasses();
    if (broken === true) throw new TypeError('fetch failed');
    const bytes = Buffer.from(body);
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = bytes.subarray(sent, sent + CHUNK_BYTES);
          if (chunk.length === 0) return controller.close();
          sent += chunk.length;
          state.bytes += chunk.length;
          controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(WITHOUT_BODY.includes(status) ? null : stream, { status, headers });
  };
  return { fetch: hostile, state };
};

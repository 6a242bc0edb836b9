import { describe, expect, it } from 'vitest';
import { boundedText } from '../../../src/partner-center/http/bounded-text.ts';

const never = new AbortController().signal;

/** A body that comes in these pieces and then ends, or never does; tells whether it was given up. */
function bodyOf(pieces: readonly Uint8Array[], ends = true) {
  const state = { cancelled: false, read: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[state.read];
        if (piece !== undefined) controller.enqueue(piece);
        else if (ends) controller.close();
        else return new Promise<void>(() => undefined);
        state.read += 1;
        return undefined;
      },
      cancel: () => {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(stream), state };
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the text of a body', () => {
  it('is empty where there is no body', async () => {
    expect(await boundedText(new Response(null), never)).toBe('');
  });

  it('is complete, even where a character is cut between two pieces', async () => {
    const [first, second] = [bytes('a€b').slice(0, 2), bytes('a€b').slice(2)];
    expect(await boundedText(bodyOf([first, second]).response, never)).toBe('a€b');
    expect(await boundedText(bodyOf([first]).response, never)).toBe('a\ufffd');
  });

  it('has at most the maximum bytes; the rest is not read', async () => {
    expect(await boundedText(bodyOf([bytes('12'), bytes('34')]).response, never, 4)).toBe('1234');
    const { response, state } = bodyOf([bytes('12'), bytes('345'), bytes('6')]);
    await expect(boundedText(response, never, 4)).rejects.toThrow(
      new RangeError("The answer's body is larger than 4 bytes."),
    );
    expect(state).toEqual({ cancelled: true, read: 2 });
  });

  it('is not waited for any longer once that is stopped', async () => {
    const stop = new AbortController();
    const { response, state } = bodyOf([], false);
    const text = boundedText(response, stop.signal);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(text).rejects.toBe(reason);
    expect(state.cancelled).toBe(true);
  });

  it('is not waited for where that was stopped before', async () => {
    const reason = new Error('enough');
    const { response, state } = bodyOf([], false);
    await expect(boundedText(response, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(state).toEqual({ cancelled: true, read: 0 });
  });

  it('is none where that is stopped while its last piece is on its way', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const stream = new ReadableStream(
      {
        pull(controller) {
          stop.abort(reason);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    await expect(boundedText(new Response(stream), stop.signal)).rejects.toBe(reason);
  });
});

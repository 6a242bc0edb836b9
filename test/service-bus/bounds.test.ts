import { describe, expect, it } from 'vitest';
import { amqpValues, integerIn, itemsIn, textIn } from '../../src/service-bus/amqp-values.ts';
import { boundedLists } from '../../src/service-bus/bounded-lists.ts';
import { MAX_WAIT_MS } from '../../src/service-bus/dead-letters.ts';
import { isAnswer, lastOf } from '../../src/service-bus/requests.ts';
import { MAX_RUN_MS, withRunDeadline } from '../../src/service-bus/run-deadline.ts';
import { MAX_REQUEST_MS, type ServiceBus } from '../../src/service-bus/shared-client.ts';

const MAX_LIST_BYTES = 48 * 1024;

describe('a list of an event', () => {
  /** As JSON it has so many bytes. */
  const item = (bytes: number) => 'x'.repeat(bytes - 2);

  it('may be as long as its limit, and is cut by whole items over it', () => {
    const fits = [item(MAX_LIST_BYTES - 100), item(100)];
    expect(boundedLists({ fits })).toEqual({ fits });
    const long = [item(MAX_LIST_BYTES - 100), item(101), item(10)];
    expect(boundedLists({ long, name: 'as it is' })).toEqual({
      long: long.slice(0, 1),
      name: 'as it is',
      leftOut: { long: 2 },
    });
  });

  it('counts bytes and not characters', () => {
    const euros = ['€'.repeat(MAX_LIST_BYTES / 3), 'x'];
    expect(boundedLists({ euros })['leftOut']).toEqual({ euros: 2 });
  });

  it('is limited on its own', () => {
    const half = [item(MAX_LIST_BYTES)];
    expect(boundedLists({ one: half, other: half })).toEqual({ one: half, other: half });
    expect(boundedLists({ empty: [] })).toEqual({ empty: [] });
  });
});

describe('a run of a function', () => {
  it('sends requests only within its time', async () => {
    let nowMs = 1_000;
    const asked: string[] = [];
    const bus: ServiceBus = {
      ask: async (what) => {
        asked.push(what);
        return undefined as never;
      },
    };
    const run = withRunDeadline(bus, () => nowMs);
    nowMs = 1_000 + MAX_RUN_MS - 1;
    await run.ask('send', async () => undefined);
    nowMs += 1;
    await expect(run.ask('send more', async () => undefined)).rejects.toThrow(
      'This run has used up its 40 seconds, so it did not send more.',
    );
    expect(asked).toEqual(['send']);
  });

  it('ends with its last request within the minute that the host gives it', () => {
    expect(MAX_RUN_MS + MAX_REQUEST_MS).toBeLessThan(60_000);
    expect([MAX_RUN_MS, MAX_REQUEST_MS, MAX_WAIT_MS]).toEqual([40_000, 15_000, 1_000]);
  });
});

describe('an error of the SDK', () => {
  it('of several tries is the last one', () => {
    const last = new Error('last');
    const tries = [new Error('first'), new Error('second'), last];
    expect(lastOf(new AggregateError(tries))).toBe(last);
    const none = new AggregateError([]);
    expect(lastOf(none)).toBe(none);
    expect(lastOf(last)).toBe(last);
  });

  it.each([
    [Object.assign(new Error('no such queue'), { retryable: false }), true],
    [Object.assign(new Error('busy'), { retryable: true }), false],
    [new Error('broken'), false],
    [{ retryable: false }, false],
    [undefined, false],
  ])('%s is an answer: %s', (error, answer) => {
    expect(isAnswer(error)).toBe(answer);
  });
});

describe('an AMQP value', () => {
  const valuesOf = (...bytes: number[]) => [...amqpValues(Buffer.from(bytes))];

  it.each([
    [[0x43], 0n],
    [[0x44], 0n],
    [[0x53, 0xff], 255n],
    [[0x55, 0xff], -1n],
    [[0x80, 0xff, 0, 0, 0, 0, 0, 0, 1], 0xff00000000000001n],
    [[0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe], -2n],
  ])('%j is a number where it is a long or a ulong', (bytes, number) => {
    const [value] = valuesOf(...bytes);
    const isLong = bytes[0] !== 0x43;
    expect(value && integerIn(value)).toBe(isLong ? number : undefined);
  });

  it('of each width ends where the next begins', () => {
    for (const [code, width] of [
      [0x40, 0],
      [0x50, 1],
      [0x60, 2],
      [0x70, 4],
      [0x80, 8],
      [0x94, 16],
    ] as const) {
      const values = valuesOf(code, ...Array<number>(width).fill(7), 0x41);
      expect(values.map((value) => value.code)).toEqual([code, 0x41]);
      expect(values[0]?.content).toHaveLength(width);
    }
  });

  it('that is cut short, or of an unknown type, is no number', () => {
    for (const bytes of [
      [0x80, 0],
      [0xa1, 3, 65],
      [0xb1, 0, 0, 0, 9],
      [0x00],
      [0x00, 0x53],
      [0x00, 0x53, 1],
    ]) {
      expect(() => valuesOf(...bytes), bytes.join()).toThrow('ends in the middle of a value');
    }
    expect(() => valuesOf(0x13)).toThrow('0x13 is not an AMQP format code.');
    expect(() => valuesOf(0x00, 0x00)).toThrow('0x0 is not an AMQP format code.');
  });

  it('may be a text, a list or a map, in both widths', () => {
    const [text] = valuesOf(0xb1, 0, 0, 0, 6, 72, 105, 32, 65, 66, 67);
    expect(text && textIn(text)).toBe('Hi ABC');
    const [short] = valuesOf(0xc0, 3, 2, 0x41, 0x42);
    const [long] = valuesOf(0xd1, 0, 0, 0, 6, 0, 0, 0, 2, 0x41, 0x42);
    for (const list of [short, long]) {
      expect(list && itemsIn(list).map(({ code }) => code)).toEqual([0x41, 0x42]);
    }
    expect(text && itemsIn(text)).toEqual([]);
    expect(short && textIn(short)).toBeUndefined();
  });
});

import fc from 'fast-check';
import rhea from 'rhea';
import { expect, test } from 'vitest';
import { guardCodec } from '../../src/amqp/codec-guard.ts';
import { FrameMeter } from '../../src/amqp/frame-meter.ts';
import { MAX_FRAME_BYTES } from '../../src/amqp/limits.ts';
import { newReader } from '../../src/amqp/rhea-internals.ts';
import { AMQP_HEADER, SASL_HEADER, sizedFrame } from '../hostile/raw-peer.ts';

const SEED = 20_261_123;

test('frames are counted equally however they are cut up', () => {
  const sizes = fc.array(fc.integer({ min: 8, max: 200 }), { maxLength: 20 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(60)), (frameSizes, chunkSizes) => {
      const frames = frameSizes.map((size) => sizedFrame(size, Buffer.alloc(size - 8)));
      let rest = Buffer.concat([SASL_HEADER, AMQP_HEADER, ...frames]);
      const meter = new FrameMeter();
      for (const size of chunkSizes) {
        meter.take(rest.subarray(0, size));
        rest = rest.subarray(size);
      }
      meter.take(rest);
      expect(meter.completeCount).toBe(frames.length + 2);
      expect(meter.isInFrame).toBe(false);
    }),
    { seed: SEED },
  );
});

test.each([
  [0, false],
  [7, false],
  [8, true],
  [MAX_FRAME_BYTES, true],
  [MAX_FRAME_BYTES + 1, false],
  [0x7fff_ffff, false],
])('a frame of %i bytes may be announced: %s', (size, isAllowed) => {
  const meter = new FrameMeter();
  meter.take(AMQP_HEADER);
  const announce = () => meter.take(sizedFrame(size, Buffer.alloc(0)).subarray(0, 4));
  if (isAllowed) announce();
  else expect(announce).toThrow(`a frame of ${size} bytes`);
});

test('bytes that begin unlike AMQP are a violation', () => {
  expect(() => new FrameMeter().take(Buffer.from('GET '))).toThrow(/does not speak AMQP/);
});

test.each([
  ['list', 0xd0, 9, false],
  ['array', 0xf0, 10, false],
  ['list', 0xd0, 3, true],
])(
  'a %s of more items than bytes is rejected before it is read',
  (_what, typeCode, count, isAllowed) => {
    guardCodec();
    const head = Buffer.alloc(9);
    head.writeUInt8(typeCode);
    head.writeUInt32BE(8, 1);
    head.writeUInt32BE(count, 5);
    const nothings = Buffer.alloc(3, 0x40);
    const read = () => newReader(Buffer.concat([head, nothings])).read();
    if (isAllowed) expect(read().value).toHaveLength(count);
    else expect(read).toThrow(`it announced ${count} items`);
  },
);

test('an honest message is read unchanged', () => {
  guardCodec();
  const body = { list: [1, 2, 3], text: 'x', nothing: null };
  expect(rhea.message.decode(rhea.message.encode({ body }))).toMatchObject({ body });
});

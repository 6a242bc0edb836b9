import { once } from 'node:events';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import rhea, { type Receiver } from 'rhea';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { tagToLockToken } from '../../src/amqp/lock-token.ts';
import { type Broker, startBroker } from '../../src/broker.ts';
import { parseEntities } from '../../src/entities.ts';
import { frame, RawPeer, uint } from '../hostile/raw-peer.ts';
import { send, WireClient } from './wire-client.ts';

const ENTITIES = parseEntities({
  queues: [{ name: 'jobs', properties: { maxDeliveryCount: 3 } }],
  topics: [{ name: 'news', subscriptions: [{ name: 'all' }] }],
});

let clock: ManualClock;
let broker: Broker;
let client: WireClient;

beforeEach(async () => {
  clock = new ManualClock();
  broker = await startBroker({ entities: ENTITIES, clock });
  client = await WireClient.connect(broker.port);
});

afterEach(async () => {
  await client.close();
  await broker.close();
});

const fill = (count: number): void => {
  const messages = Array.from({ length: count }, (_, index) => ({ body: index }));
  broker.namespace.send('jobs', messages);
};

test('a receiver gets exactly as many messages as it gave credit for', async () => {
  fill(5);
  const { receiver, delivered, settled } = await client.openReceiver({ source: 'jobs' });
  receiver.add_credit(2);
  await settled();
  expect(delivered).toHaveLength(2);
  await settled();
  expect(delivered).toHaveLength(2);
  receiver.add_credit(10);
  await settled();
  expect(delivered).toHaveLength(5);
});

test('a drain is answered without credit, and on an empty queue', async () => {
  const { receiver, delivered, settled } = await client.openReceiver({ source: 'jobs' });
  await settled();
  receiver.add_credit(3);
  await settled();
  fill(1);
  receiver.add_credit(1);
  await settled();
  expect(delivered).toHaveLength(1);
});

test('waiting receivers take turns', async () => {
  const first = await client.openReceiver({ source: 'jobs' });
  const second = await client.openReceiver({ source: { address: '/JOBS' } });
  first.receiver.add_credit(10);
  second.receiver.add_credit(10);
  // Once this is answered, the credit has come in, too.
  await client.openReceiver({ source: 'jobs' });
  fill(4);
  await Promise.all([first.settled(), second.settled()]);
  expect([first.delivered.length, second.delivered.length]).toEqual([2, 2]);
});

test('a released message comes again without a count, and one with an expired lock with a count', async () => {
  fill(1);
  const { receiver, delivered, settled } = await client.openReceiver({ source: 'jobs' });
  for (let times = 0; times < 4; times += 1) {
    receiver.add_credit(1);
    await settled();
    delivered.at(-1)?.delivery.release();
  }
  receiver.add_credit(1);
  await settled();
  expect(delivered.map(({ message }) => message.delivery_count)).toEqual([0, 0, 0, 0, 0]);
  clock.advance(60_000);
  receiver.add_credit(1);
  await settled();
  expect(delivered.at(-1)?.message.delivery_count).toBe(1);
});

test('deliveries settled together each get their own answer', async () => {
  fill(3);
  const { receiver, delivered, settled } = await client.openReceiver({ source: 'jobs' });
  receiver.add_credit(3);
  await settled();
  const lost = tagToLockToken(Buffer.from(delivered[1]?.delivery.tag ?? ''));
  broker.namespace.settle('jobs', lost, { kind: 'complete' });
  const answers: unknown[] = [];
  receiver.on('settled', ({ delivery }) =>
    answers.push(delivery?.remote_state?.['error']?.condition ?? 'accepted'),
  );
  for (const { delivery } of delivered) delivery.accept();
  await settled();
  expect(answers).toEqual(['accepted', 'com.microsoft:message-lock-lost', 'accepted']);
});

test('messages sent together each get their own answer', async () => {
  const sender = await client.openSender({ address: 'jobs' });
  const good = rhea.message.encode({ body: 'good' });
  const bad = Buffer.from('nonsense');
  expect(await Promise.all([good, bad, good].map((one) => send(sender, one, 0)))).toEqual([
    'accepted',
    'rejected: amqp:decode-error',
    'accepted',
  ]);
});

test('a message that is received and deleted needs no settlement', async () => {
  fill(2);
  const { receiver, delivered, settled } = await client.openReceiver({
    source: 'jobs',
    snd_settle_mode: 1,
    rcv_settle_mode: 0,
  });
  receiver.add_credit(5);
  await settled();
  expect(delivered.map(({ delivery }) => delivery.remote_settled)).toEqual([true, true]);
  expect(broker.namespace.counts('jobs').active).toBe(0);
});

test('AMQP types arrive as they were sent', async () => {
  const { types, message } = rhea;
  const sender = await client.openSender({ address: 'jobs' });
  const sent = message.encode({
    message_id: 'typed',
    message_annotations: { 'x-opt-custom': types.wrap_int(7) },
    application_properties: {
      int: types.wrap_int(5),
      long: types.wrap_long(6),
      double: types.wrap_double(2),
    },
    body: message.data_section(Buffer.from('x')),
  });
  expect(await send(sender, sent, 0)).toBe('accepted');
  const { receiver, settled } = await client.openReceiver({ source: 'jobs' });
  const bytes = (await encodedDelivery(receiver)).toString('hex');
  await settled();
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  expect(bytes).toContain(`${hex('x-opt-custom')}5407`);
  expect(bytes).toContain(`${hex('int')}5405`);
  expect(bytes).toContain(`${hex('long')}5506`);
  expect(bytes).toContain(`${hex('double')}824000000000000000`);
});

const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

test.each([
  [LAST_MS, new Date(LAST_MS)],
  [LAST_MS + 1, undefined],
])(
  'an expiry at %i is limited to the last one that .NET can represent: %s',
  async (endMs, named) => {
    broker.namespace.send('jobs', [{ body: 'x', timeToLiveMs: endMs - clock.nowMs() }]);
    const { receiver, delivered, settled } = await client.openReceiver({ source: 'jobs' });
    receiver.add_credit(1);
    await settled();
    expect(delivered[0]?.message.absolute_expiry_time).toEqual(named);
  },
);

test('a whole number that a receiver sets comes back as a signed one', async () => {
  fill(1);
  const { receiver, delivered, settled } = await client.openReceiver({ source: 'jobs' });
  receiver.add_credit(1);
  await settled();
  const message_annotations = { tries: rhea.types.wrap_int(7), far: rhea.types.wrap_long(2 ** 40) };
  delivered[0]?.delivery.modified({ delivery_failed: true, message_annotations });
  await settled();
  const bytes = (await encodedDelivery(receiver)).toString('hex');
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  expect(bytes).toContain(`${hex('tries')}5407`);
  expect(bytes).toContain(`${hex('far')}810000010000000000`);
});

test.each([
  ['receiver', 0, 1],
  ['receiver', 1, 0],
  ['sender', 0, 0],
  ['sender', 1, 0],
  ['sender', 2, 1],
] as const)('a %s that wants settle modes %i and %i gets them', async (link, snd, rcv) => {
  const modes = { snd_settle_mode: snd, rcv_settle_mode: rcv };
  const opened = await client.openLink(link, { source: 'jobs', target: 'jobs', ...modes });
  expect([opened.snd_settle_mode, opened.rcv_settle_mode]).toEqual([snd, rcv]);
});

test('a message that is too large is refused, and the link stays open', async () => {
  const sender = await client.openSender({ address: 'jobs' });
  expect(sender.max_message_size).toBe(262_144);
  const large = { body: rhea.message.data_section(Buffer.alloc(262_144)) };
  expect(await send(sender, large)).toBe('rejected: amqp:link:message-size-exceeded');
  expect(await send(sender, { body: 'small' })).toBe('accepted');
});

test('bytes that are no message are refused', async () => {
  const sender = await client.openSender({ address: 'jobs' });
  expect(await send(sender, Buffer.from('nonsense'), 0)).toBe('rejected: amqp:decode-error');
  expect(broker.namespace.counts('jobs').active).toBe(0);
});

/** The next delivery's bytes: any format but 0 makes rhea hand them over. */
async function encodedDelivery(receiver: Receiver): Promise<Buffer> {
  const { connection } = receiver.session;
  const onTransfer = connection['on_transfer'].bind(connection);
  connection['on_transfer'] = (frame: { performative: { message_format: number } }) => {
    frame.performative.message_format = 1;
    onTransfer(frame);
  };
  const arrived = once(receiver, 'message');
  receiver.add_credit(1);
  const [{ message }] = await arrived;
  return message;
}

const session = { 'com.microsoft:session-filter': 'a' };

test.each([
  ['sending to nothing', 'sender', { target: 'nope' }, /^amqp:not-found: .*'nope'/],
  ['receiving from nothing', 'receiver', { source: 'nope' }, /^amqp:not-found: /],
  ['receiving from a topic', 'receiver', { source: 'news' }, /^amqp:not-allowed: .*subscriptions/],
  [
    'sending to a subscription',
    'sender',
    { target: 'news/Subscriptions/all' },
    /^amqp:not-allowed: /,
  ],
  [
    'a session',
    'receiver',
    { source: { address: 'jobs', filter: session } },
    /^amqp:not-implemented: .*sessions/,
  ],
  ['a transaction', 'sender', { target: {} }, /^amqp:not-implemented: .*transactions/],
] as const)('%s is refused with a reason', async (_what, link, options, reason) => {
  expect(await client.refusedLink(link, options)).toMatch(reason);
});

test('the coordinator of transactions, which .NET clients ask for, is refused, and nothing is printed', async () => {
  const printed = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  onTestFinished(() => printed.mockRestore());
  const described = (code: number, ...fields: unknown[]) =>
    rhea.types.described(rhea.types.wrap_ulong(code), rhea.types.wrap_list(fields));
  const coordinator = described(0x30, rhea.types.wrap_symbol('amqp:local-transactions'));
  const fields = ['tx', uint(0), false, null, null, described(0x28, 'jobs'), coordinator];
  const peer = await RawPeer.opened(broker.port, frame('attach', [...fields, null, null, uint(0)]));
  onTestFinished(() => peer.leave());
  await peer.heard(Buffer.from('does not support transactions'));
  expect(printed).not.toHaveBeenCalled();
});

test.each([
  ['a selector', { filter: rhea.filter.selector('a = 1') }, 'source filter'],
  ['browsing', { distribution_mode: 'copy' }, 'distribution mode "copy"'],
])('a link that asks for %s is refused, and not served without it', async (_name, more, why) => {
  const error = await client.refusedLink('receiver', { source: { address: 'jobs', ...more } });
  expect(error).toContain(why);
});

test('a message of an unknown format is rejected', async () => {
  const sender = await client.openSender({ address: 'jobs' });
  sender.send(rhea.message.encode({ body: 'x' }), undefined, 77);
  await once(sender, 'rejected');
  expect(broker.namespace.counts('jobs').active).toBe(0);
});

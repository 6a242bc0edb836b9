import { ManualClock } from '@sandbox-teardown/shared/clock';
import { type TestContext, test } from 'vitest';
import { BreakableConnection } from './breakable-connection.ts';
import { ServiceBusHarness } from './service-bus-harness.ts';

/** A host whose connection to the broker, and only its own, a test can break. */
async function open({ onTestFinished }: TestContext) {
  const clock = new ManualClock(Date.now());
  const harness = await ServiceBusHarness.open(clock);
  const connection = await BreakableConnection.to(harness.port);
  onTestFinished(async () => {
    await harness.close();
    await connection.close();
  });
  const host = await harness.startHost({
    BUS: harness.connectionString.replace(`:${harness.port}`, `:${connection.port}`),
  });
  const lose = async () => {
    connection.break();
    const [log] = await harness.recorder.take('log', ({ level }) => level === 'error');
    return log?.message;
  };
  return { clock, harness, recorder: harness.recorder, connection, host, lose };
}

const isOf = (id: string) => (event: { messageId?: string }) => event.messageId === id;

test.concurrent('a host that loses its connection reports it, and continues when it is back', async (context) => {
  const { expect } = context;
  const { harness, recorder, connection, lose } = await open(context);
  await harness.sendJson('jobs', {}, { messageId: 'before' });
  await recorder.take('invocation-ended', isOf('before'));
  await harness.emptied('jobs');
  const reason = await lose();
  expect(reason).toMatch(/^Message processing error \(Action=receive, EntityPath=\S+\): /);
  connection.restore();
  await harness.sendJson('jobs', {}, { messageId: 'after' });
  expect(await recorder.take('invocation-ended', isOf('after'))).toMatchObject([
    { succeeded: true },
  ]);
  await harness.emptied('jobs');
});

test.concurrent('a message whose invocation outlives the connection comes again when its lock ends', async (context) => {
  const { expect } = context;
  const { clock, harness, recorder, connection, lose } = await open(context);
  await harness.sendJson('jobs', { do: 'hold', gate: 'later' }, { messageId: 'long' });
  await recorder.take('invocation-started', isOf('long'));
  await lose();
  connection.restore();
  await harness.sendJson('gates', { gate: 'later' });
  await recorder.take('invocation-ended', isOf('long'));
  const [log] = await recorder.take('log', ({ message }) => message.startsWith('Could not'));
  expect(log?.message).toMatch(/^Could not complete message 'long', .*no answer within 2\.5 s/);
  clock.advance(60_000);
  await recorder.take('invocation-ended', isOf('long'), 2);
  await harness.emptied('jobs');
});

test.concurrent('a host without its connection still stops in order', async (context) => {
  const { expect } = context;
  const { harness, recorder, host, lose } = await open(context);
  await harness.sendJson('jobs', {}, { messageId: 'only' });
  await recorder.take('invocation-ended', isOf('only'));
  await harness.emptied('jobs');
  await lose();
  await expect(host.stop()).resolves.toEqual({ exitCode: 0 });
});

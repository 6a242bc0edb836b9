import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionsHost } from '../../../local/functions-host/spawn-functions-host.ts';
import { BreakableConnection } from './breakable-connection.ts';
import { ServiceBusStage } from './service-bus-stage.ts';

let stage: ServiceBusStage;
let connection: BreakableConnection;
let host: FunctionsHost;

beforeAll(async () => {
  stage = await ServiceBusStage.open();
  connection = await BreakableConnection.to(stage.port);
  host = await stage.startHost({
    BUS: stage.connectionString.replace(`:${stage.port}`, `:${connection.port}`),
  });
});

afterAll(async () => {
  await stage.close();
  await connection.close();
});

test('a host that loses its connection says so, and goes on when it is back', async () => {
  await stage.sendJson('jobs', {}, { messageId: 'before' });
  await stage.recorder.take('invocation-ended', ({ messageId }) => messageId === 'before');
  await stage.emptied('jobs');
  connection.break();
  const [log] = await stage.recorder.take('log', ({ level }) => level === 'error');
  expect(log?.message).toMatch(/^Message processing error \(Action=receive, EntityPath=\S+\): /);
  connection.mend();
  await stage.sendJson('jobs', {}, { messageId: 'after' });
  const [run] = await stage.recorder.take('invocation-ended', (e) => e.messageId === 'after');
  expect(run?.succeeded).toBe(true);
});

test('an invocation that outlives its connection still completes its message', async () => {
  await stage.sendJson('jobs', { do: 'hold', gate: 'later' }, { messageId: 'long' });
  await stage.recorder.take('invocation-started', ({ messageId }) => messageId === 'long');
  stage.recorder.events.length = 0;
  connection.break();
  await stage.recorder.take('log', ({ level }) => level === 'error');
  connection.mend();
  await stage.sendJson('gates', { gate: 'later' });
  await stage.recorder.take('invocation-ended', ({ messageId }) => messageId === 'long');
  await stage.emptied('jobs');
});

test('a host whose connection is gone still stops in order', async () => {
  await stage.emptied('jobs');
  stage.recorder.events.length = 0;
  connection.break();
  await stage.recorder.take('log', ({ level }) => level === 'error');
  await expect(host.stop()).resolves.toEqual({ exitCode: 0 });
});

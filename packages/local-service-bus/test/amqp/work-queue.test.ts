import { expect, test } from 'vitest';
import { WorkQueue } from '../../src/amqp/work-queue.ts';

test('a work queue runs its work in order, one piece in each turn of the event loop', async () => {
  const workQueue = new WorkQueue();
  const done: string[] = [];
  const work = (name: string, times: number): void =>
    workQueue.add(() => {
      done.push(name);
      if (times > 1) work(name, times - 1);
    });
  work('a', 3);
  work('b', 1);
  const elsewhere = (): void => {
    if (done.push('else') < 8) setImmediate(elsewhere);
  };
  setImmediate(elsewhere);
  while (done.length < 8) await new Promise(setImmediate);
  expect(done).toEqual(['a', 'else', 'b', 'else', 'a', 'else', 'a', 'else']);
});

import { expect, test } from 'vitest';
import { Turns } from '../../src/amqp/turns.ts';

test('everyone has a turn in the order they asked, and what else is to be done comes in between', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const work = (name: string, times: number): void =>
    turns.ask(() => {
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

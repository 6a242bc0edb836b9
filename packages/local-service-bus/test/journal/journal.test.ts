import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { minutes } from '../core/core-stage.ts';
import { JournalStage, journalPath } from './journal-stage.ts';

const send = (stage: JournalStage, ...ids: string[]): number[] =>
  stage.namespace.send(
    'jobs',
    ids.map((messageId) => ({ messageId, body: messageId })),
  );

describe('a namespace that was stopped and is started again on its journal', () => {
  test('holds what was sent and not completed, and gives what was locked at once, counted', () => {
    const stage = JournalStage.withQueue();
    send(stage, 'a', 'b', 'c');
    const [first, second] = stage.namespace.receive('jobs', 2);
    stage.namespace.settle('jobs', first?.lockToken ?? '', { kind: 'complete' });
    const again = stage.restart().receive('jobs', 3);
    expect(again.map(({ content, deliveryCount }) => [content.body, deliveryCount])).toEqual([
      ['b', 1],
      ['c', 0],
    ]);
    expect(() =>
      stage.namespace.settle('jobs', second?.lockToken ?? '', { kind: 'complete' }),
    ).toThrow(/lock/);
  });

  test('dead-letters what its stopping took the last delivery from', () => {
    const stage = JournalStage.withQueue({ maxDeliveryCount: 2 });
    send(stage, 'poison');
    stage.namespace.receive('jobs');
    stage.restart().receive('jobs');
    expect(stage.restart().counts('jobs')).toMatchObject({ active: 0, deadLettered: 1 });
  });

  test('delivers what fell due while it was not there, under numbers that go on', () => {
    const stage = JournalStage.withQueue();
    const scheduledEnqueueTimeMs = stage.nowMs + minutes(5);
    const numbers = stage.namespace.send('jobs', [{ body: 'later', scheduledEnqueueTimeMs }]);
    stage.stop();
    stage.nowMs += minutes(6);
    expect(stage.bodies()).toEqual(['later']);
    expect(() => stage.namespace.cancelScheduled('jobs', numbers)).toThrow(/no scheduled message/);
    expect(send(stage, 'next')).toEqual([3]);
  });

  test('has expired what was refused for that, and goes on from its dead letter', () => {
    const stage = JournalStage.withQueue({ deadLetteringOnMessageExpiration: true });
    stage.namespace.send('jobs', [{ body: 'late', timeToLiveMs: minutes(1) }]);
    const [held] = stage.namespace.receive('jobs');
    stage.namespace.settle('jobs', held?.lockToken ?? '', { kind: 'defer' });
    stage.nowMs += minutes(2);
    const numbers = [held?.sequenceNumber ?? 0];
    expect(() => stage.namespace.receiveDeferred('jobs', numbers)).toThrow(/no unlocked deferred/);
    expect(stage.restart().counts('jobs')).toMatchObject({ deferred: 0, deadLettered: 1 });
    const [dead] = stage.namespace.receive('jobs/$DeadLetterQueue');
    stage.namespace.settle('jobs/$DeadLetterQueue', dead?.lockToken ?? '', { kind: 'complete' });
    expect(stage.restart().counts('jobs')).toMatchObject({ deferred: 0, deadLettered: 0 });
  });

  test('does not go back in time when the clock does', () => {
    const stage = JournalStage.withQueue();
    const scheduledEnqueueTimeMs = stage.nowMs + minutes(5);
    stage.namespace.send('jobs', [{ body: 'later', scheduledEnqueueTimeMs }]);
    stage.nowMs += minutes(5);
    stage.namespace.advance();
    stage.nowMs -= minutes(4);
    expect(stage.namespace.receive('jobs')).toHaveLength(1);
    expect(stage.restart().receive('jobs')).toMatchObject([{ deliveryCount: 1 }]);
  });

  test('keeps values that JSON has no form for', () => {
    const stage = JournalStage.withQueue();
    const body = {
      $date: 'a key of the sender',
      $$bytes: [new Date(5), Buffer.from('x'), 2n ** 60n, Number.NaN, -Infinity, null],
    };
    stage.namespace.send('jobs', [{ body, timeToLiveMs: Infinity }]);
    stage.restart();
    stage.restart();
    expect(stage.bodies()).toEqual([body]);
  });
});

describe('the journal', () => {
  test('may end in the middle of a line, which nobody was told about', () => {
    const stage = JournalStage.withQueue();
    send(stage, 'a');
    stage.stop();
    const text = readFileSync(stage.path, 'utf8');
    const lastLine = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
    for (let length = 1; length < lastLine.length; length += 1) {
      writeFileSync(stage.path, text + lastLine.slice(0, length));
      expect(stage.restart().counts('jobs').active).toBe(1);
      stage.stop();
    }
  });

  test('is refused, with the line, when it is damaged in the middle', () => {
    const stage = JournalStage.withQueue();
    send(stage, 'a', 'b');
    send(stage, 'c');
    stage.stop();
    const text = readFileSync(stage.path, 'utf8');
    const damaged = text.replace('"messageId":"b"', '"messageId":"B"');
    expect(damaged).not.toBe(text);
    writeFileSync(stage.path, damaged);
    expect(() => stage.namespace).toThrow(/line 5 is damaged.*move it away/s);
    expect(readFileSync(stage.path, 'utf8')).toBe(damaged);
  });

  test.each(['{"name":"not a journal"}', 'two\nlines\n'])('is refused when it is %j', (text) => {
    const stage = JournalStage.withQueue();
    writeFileSync(stage.path, text);
    expect(() => stage.namespace).toThrow(/line 1 is damaged/);
    expect(readFileSync(stage.path, 'utf8')).toBe(text);
  });

  test('may be in a directory that is not there yet', () => {
    const path = join(dirname(journalPath()), 'new', 'directory', 'bus.journal');
    const stage = new JournalStage(path, { queues: [{ name: 'jobs' }] });
    expect(send(stage, 'a')).toEqual([1]);
    stage.stop();
  });

  test('may be an empty file', () => {
    const stage = JournalStage.withQueue();
    writeFileSync(stage.path, '');
    expect(send(stage, 'a')).toEqual([1]);
  });

  test('is refused when it was written for other entities', () => {
    const path = journalPath();
    const before = new JournalStage(path, { queues: [{ name: 'jobs' }] });
    send(before, 'a');
    before.stop();
    const after = new JournalStage(path, { queues: [{ name: 'tasks' }] });
    expect(() => after.namespace).toThrow(/written for other queues/);
  });

  test('is one broker’s at a time, in this process as in others', () => {
    const stage = JournalStage.withQueue();
    send(stage, 'a');
    const other = new JournalStage(stage.path, { queues: [{ name: 'jobs' }] });
    expect(() => other.namespace).toThrow(/in use by the process/);
    stage.stop();
    writeFileSync(`${stage.path}.lock`, `${process.ppid}\n`);
    expect(() => stage.namespace).toThrow(`in use by the process ${process.ppid}`);
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${stage.path}.lock`, `${pid}\n`);
    expect(stage.namespace.counts('jobs').active).toBe(1);
  });

  test('stays small however much passes through, and loses nothing by that', () => {
    const limitBytes = 20_000;
    const stage = JournalStage.withQueue({ requiresDuplicateDetection: true }, limitBytes);
    send(stage, 'kept');
    const { lockToken } = stage.namespace.receive('jobs')[0] ?? { lockToken: '' };
    let largestBytes = 0;
    for (let index = 0; index < 2_000; index += 1) {
      // Each id is forgotten before long, or the file would have to grow with them.
      stage.nowMs += minutes(0.5);
      stage.namespace.renewLock('jobs', lockToken);
      send(stage, `m${index}`);
      expect(stage.bodies()).toEqual([`m${index}`]);
      largestBytes = Math.max(largestBytes, statSync(stage.path).size);
    }
    expect(largestBytes).toBeGreaterThan(limitBytes / 2);
    expect(largestBytes).toBeLessThanOrEqual(limitBytes);
    expect(stage.restart().receive('jobs')).toMatchObject([{ deliveryCount: 1 }]);
  });

  test('that cannot be written any more stops the broker from taking anything', () => {
    const stage = JournalStage.withQueue({}, 1);
    send(stage, 'a');
    rmSync(dirname(stage.path), { recursive: true });
    const sendMany = () => {
      for (let index = 0; index < 20; index += 1) send(stage, `m${index}`);
    };
    expect(sendMany).toThrow(/could not be written.*start again/);
    expect(() => stage.namespace.receive('jobs')).toThrow(/could not be written/);
  });

  test('left half-written by a crash while it was written anew does not count', () => {
    const stage = JournalStage.withQueue();
    send(stage, 'a');
    stage.stop();
    appendFileSync(`${stage.path}.new`, 'half a li');
    expect(stage.bodies()).toEqual(['a']);
  });
});

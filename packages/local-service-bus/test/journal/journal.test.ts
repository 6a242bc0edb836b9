import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { minutes } from '../core/core-harness.ts';
import { JournalHarness, journalPath } from './journal-harness.ts';

const send = (harness: JournalHarness, ...ids: string[]): number[] =>
  harness.namespace.send(
    'jobs',
    ids.map((messageId) => ({ messageId, body: messageId })),
  );

describe('a namespace that was stopped and is started again on its journal', () => {
  test('has every message that was sent and not completed, and delivers locked ones at once, with a count', () => {
    const harness = JournalHarness.withQueue();
    send(harness, 'a', 'b', 'c');
    const [first, second] = harness.namespace.receive('jobs', 2);
    harness.namespace.settle('jobs', first?.lockToken ?? '', { kind: 'complete' });
    const again = harness.restart().receive('jobs', 3);
    expect(again.map(({ content, deliveryCount }) => [content.body, deliveryCount])).toEqual([
      ['b', 1],
      ['c', 0],
    ]);
    expect(() =>
      harness.namespace.settle('jobs', second?.lockToken ?? '', { kind: 'complete' }),
    ).toThrow(/lock/);
  });

  test('dead-letters a message that had its last delivery when it stopped', () => {
    const harness = JournalHarness.withQueue({ maxDeliveryCount: 2 });
    send(harness, 'poison');
    harness.namespace.receive('jobs');
    harness.restart().receive('jobs');
    expect(harness.restart().counts('jobs')).toMatchObject({ active: 0, deadLettered: 1 });
  });

  test('delivers messages that fell due while it was stopped, with the next numbers', () => {
    const harness = JournalHarness.withQueue();
    const scheduledEnqueueTimeMs = harness.nowMs + minutes(5);
    const numbers = harness.namespace.send('jobs', [{ body: 'later', scheduledEnqueueTimeMs }]);
    harness.stop();
    harness.nowMs += minutes(6);
    expect(harness.bodies()).toEqual(['later']);
    expect(() => harness.namespace.cancelScheduled('jobs', numbers)).toThrow(
      /no scheduled message/,
    );
    expect(send(harness, 'next')).toEqual([3]);
  });

  test('has expired a message that was refused as expired, and goes on from its dead letter', () => {
    const harness = JournalHarness.withQueue({ deadLetteringOnMessageExpiration: true });
    harness.namespace.send('jobs', [{ body: 'late', timeToLiveMs: minutes(1) }]);
    const [held] = harness.namespace.receive('jobs');
    harness.namespace.settle('jobs', held?.lockToken ?? '', { kind: 'defer' });
    harness.nowMs += minutes(2);
    const numbers = [held?.sequenceNumber ?? 0];
    expect(() => harness.namespace.receiveDeferred('jobs', numbers)).toThrow(
      /no unlocked deferred/,
    );
    expect(harness.restart().counts('jobs')).toMatchObject({ deferred: 0, deadLettered: 1 });
    const [dead] = harness.namespace.receive('jobs/$DeadLetterQueue');
    harness.namespace.settle('jobs/$DeadLetterQueue', dead?.lockToken ?? '', { kind: 'complete' });
    expect(harness.restart().counts('jobs')).toMatchObject({ deferred: 0, deadLettered: 0 });
  });

  test('does not go back in time when the clock does', () => {
    const harness = JournalHarness.withQueue();
    const scheduledEnqueueTimeMs = harness.nowMs + minutes(5);
    harness.namespace.send('jobs', [{ body: 'later', scheduledEnqueueTimeMs }]);
    harness.nowMs += minutes(5);
    harness.namespace.advance();
    harness.nowMs -= minutes(4);
    expect(harness.namespace.receive('jobs')).toHaveLength(1);
    expect(harness.restart().receive('jobs')).toMatchObject([{ deliveryCount: 1 }]);
  });

  test('keeps values that JSON has no form for', () => {
    const harness = JournalHarness.withQueue();
    const body = {
      $date: 'a key of the sender',
      $$bytes: [new Date(5), Buffer.from('x'), 2n ** 60n, Number.NaN, -Infinity, null],
    };
    harness.namespace.send('jobs', [{ body, timeToLiveMs: Infinity }]);
    harness.restart();
    harness.restart();
    expect(harness.bodies()).toEqual([body]);
  });
});

describe('the journal', () => {
  test('may end in the middle of a line, which was never acknowledged', () => {
    const harness = JournalHarness.withQueue();
    send(harness, 'a');
    harness.stop();
    const text = readFileSync(harness.path, 'utf8');
    const lastLine = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
    for (let length = 1; length < lastLine.length; length += 1) {
      writeFileSync(harness.path, text + lastLine.slice(0, length));
      expect(harness.restart().counts('jobs').active).toBe(1);
      harness.stop();
    }
  });

  test('is refused, with the line, when it is damaged in the middle', () => {
    const harness = JournalHarness.withQueue();
    send(harness, 'a', 'b');
    send(harness, 'c');
    harness.stop();
    const text = readFileSync(harness.path, 'utf8');
    const damaged = text.replace('"messageId":"b"', '"messageId":"B"');
    expect(damaged).not.toBe(text);
    writeFileSync(harness.path, damaged);
    expect(() => harness.namespace).toThrow(/line 5 is damaged.*move it away/s);
    expect(readFileSync(harness.path, 'utf8')).toBe(damaged);
  });

  test.each(['{"name":"not a journal"}', 'two\nlines\n'])('is refused when it is %j', (text) => {
    const harness = JournalHarness.withQueue();
    writeFileSync(harness.path, text);
    expect(() => harness.namespace).toThrow(/line 1 is damaged/);
    expect(readFileSync(harness.path, 'utf8')).toBe(text);
  });

  test('may be in a directory that does not exist yet', () => {
    const path = join(dirname(journalPath()), 'new', 'directory', 'bus.journal');
    const harness = new JournalHarness(path, { queues: [{ name: 'jobs' }] });
    expect(send(harness, 'a')).toEqual([1]);
    harness.stop();
  });

  test('may be an empty file', () => {
    const harness = JournalHarness.withQueue();
    writeFileSync(harness.path, '');
    expect(send(harness, 'a')).toEqual([1]);
  });

  test('is refused when it was written for other entities', () => {
    const path = journalPath();
    const before = new JournalHarness(path, { queues: [{ name: 'jobs' }] });
    send(before, 'a');
    before.stop();
    const after = new JournalHarness(path, { queues: [{ name: 'tasks' }] });
    expect(() => after.namespace).toThrow(/written for other queues/);
  });

  test('is used by one broker at a time, in this process and in others', () => {
    const harness = JournalHarness.withQueue();
    send(harness, 'a');
    const other = new JournalHarness(harness.path, { queues: [{ name: 'jobs' }] });
    expect(() => other.namespace).toThrow(/in use by the process/);
    harness.stop();
    writeFileSync(`${harness.path}.lock`, `${process.ppid}\n`);
    expect(() => harness.namespace).toThrow(`in use by the process ${process.ppid}`);
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${harness.path}.lock`, `${pid}\n`);
    expect(harness.namespace.counts('jobs').active).toBe(1);
  });

  test('stays small however many messages pass through, and loses nothing', () => {
    const limitBytes = 20_000;
    const harness = JournalHarness.withQueue({ requiresDuplicateDetection: true }, limitBytes);
    send(harness, 'kept');
    const { lockToken } = harness.namespace.receive('jobs')[0] ?? { lockToken: '' };
    let largestBytes = 0;
    for (let index = 0; index < 2_000; index += 1) {
      // Each id is forgotten before long, or the file would have to grow with them.
      harness.nowMs += minutes(0.5);
      harness.namespace.renewLock('jobs', lockToken);
      send(harness, `m${index}`);
      expect(harness.bodies()).toEqual([`m${index}`]);
      largestBytes = Math.max(largestBytes, statSync(harness.path).size);
    }
    expect(largestBytes).toBeGreaterThan(limitBytes / 2);
    expect(largestBytes).toBeLessThanOrEqual(limitBytes);
    expect(harness.restart().receive('jobs')).toMatchObject([{ deliveryCount: 1 }]);
  });

  test('that can no longer be written stops the broker from accepting messages', () => {
    const harness = JournalHarness.withQueue({}, 1);
    send(harness, 'a');
    rmSync(dirname(harness.path), { recursive: true });
    const sendMany = () => {
      for (let index = 0; index < 20; index += 1) send(harness, `m${index}`);
    };
    expect(sendMany).toThrow(/could not be written.*start again/);
    expect(() => harness.namespace.receive('jobs')).toThrow(/could not be written/);
  });

  test('that a crash left half-rewritten is ignored', () => {
    const harness = JournalHarness.withQueue();
    send(harness, 'a');
    harness.stop();
    appendFileSync(`${harness.path}.new`, 'half a li');
    expect(harness.bodies()).toEqual(['a']);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkIdOf,
  MAX_MESSAGE_ID_LENGTH,
  messageIdOf,
  teardownOfCheckId,
} from '../../../src/teardown/model/message-ids.ts';

describe('the id of what is sent for a teardown', () => {
  const maxId = 'x'.repeat(MAX_MESSAGE_ID_LENGTH - ':outcome'.length);

  it('begins with the name of the teardown, as long as Service Bus takes it', () => {
    expect(messageIdOf(maxId, 'outcome')).toBe(`${maxId}:outcome`);
    expect(checkIdOf({ teardownId: 'mine', attempt: 2 })).toBe('mine:check:2');
  });

  it('has a hash in place of a name that is too long, and a different one for each', () => {
    const hash = createHash('sha256').update(`${maxId}x`).digest('hex');
    expect(messageIdOf(`${maxId}x`, 'outcome')).toBe(`sha256-${hash}:outcome`);
    expect(messageIdOf(`${maxId}y`, 'outcome')).not.toContain(hash);
  });
});

describe('the teardown of which a message would be a check', () => {
  it.each([
    ['mine:check:1', 'mine'],
    ['mine:check:12', 'mine'],
    ['mine:check:999999', 'mine'],
    ['mine:check:1:check:2', 'mine:check:1'],
    ['x:check:3', 'x'],
  ])('by the name "%s" is "%s"', (messageId, teardownId) => {
    expect(teardownOfCheckId(messageId)).toBe(teardownId);
  });

  it.each([
    ...['mine', 'sweep-1', ':check:1', 'mine:check:', 'mine:check:0', 'mine:check:01'],
    ...['mine:check:1000000', 'mine:check:x1', 'mine:check:1x', 'mine:check:-1', 'mine:outcome'],
  ])('is none by the name "%s"', (messageId) => {
    expect(teardownOfCheckId(messageId)).toBeUndefined();
  });
});

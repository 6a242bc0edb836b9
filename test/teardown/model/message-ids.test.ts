import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkIdOf,
  MAX_MESSAGE_ID_LENGTH,
  messageIdOf,
} from '../../../src/teardown/model/message-ids.ts';

describe('the id of what is sent for a teardown', () => {
  const longest = 'x'.repeat(MAX_MESSAGE_ID_LENGTH - ':outcome'.length);

  it('begins with the name of the teardown, as long as Service Bus takes it', () => {
    expect(messageIdOf(longest, 'outcome')).toBe(`${longest}:outcome`);
    expect(checkIdOf({ teardownId: 'mine', attempt: 2 })).toBe('mine:check:2');
  });

  it('has a hash in the place of a name that is too long, and another for each', () => {
    const hash = createHash('sha256').update(`${longest}x`).digest('hex');
    expect(messageIdOf(`${longest}x`, 'outcome')).toBe(`sha256-${hash}:outcome`);
    expect(messageIdOf(`${longest}y`, 'outcome')).not.toContain(hash);
  });
});

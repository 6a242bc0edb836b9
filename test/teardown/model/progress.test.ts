import { expect, it } from 'vitest';
import {
  type Check,
  progressAfterReading,
  progressBefore,
} from '../../../src/teardown/model/check.ts';
import { aCheck, NOW_MS } from '../builders.ts';

const NOW = new Date(NOW_MS).toISOString();
/** With every field that a check may carry. */
const full: Check = aCheck({
  begun: true,
  ...{ domain: 'contoso.com', delays: 1, plan: ['0'.repeat(32)] },
  unanswered: { call: 'DELETE /v1/customers/x', requestId: '00000000-0000-4000-8000-000000000000' },
  ...{ waitsFor: [{ kind: 'order', id: 'a', state: 'completed, 1 in all' }], readAllAt: NOW },
  ...{ missing: true, changed: 'v2:sha256:0', written: ['x'], acceptedCalls: { a: NOW } },
  deadLetter: { reason: 'died' },
});
const { teardownId: _id, attempt: _number, startedMs: _started, request: _request, ...all } = full;
const { missing, changed, written, acceptedCalls, deadLetter, ...passedOn } = all;

it('a check passes on what it carries, but for what it says itself or adds to', () => {
  expect(progressBefore(full)).toStrictEqual(passedOn);
  expect(progressBefore(aCheck())).toStrictEqual({ begun: false });
});

it('a check that has read the world passes on no more of what was to be read', () => {
  const { begun, delays, plan } = full;
  expect(progressAfterReading(full)).toStrictEqual({ begun, delays, plan });
});

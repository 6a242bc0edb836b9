import { expect, test } from 'vitest';
import type { Contract } from './contract.ts';
import { getCustomer } from './requests.ts';
import { GatewayError } from './shapes.ts';
import { parse } from './writing.ts';

/** More than the documented 500 a minute. */
const MAX_TO_THROTTLE = 700;

/** It comes last, because it uses up the requests of the minute. */
export function throttling({ ask, customerId, mayThrottle }: Contract): void {
  test.skipIf(!mayThrottle)(
    'more requests than are allowed are refused with 429 and a time to wait',
    async () => {
      for (let sent = 0; sent < MAX_TO_THROTTLE; sent += 1) {
        const answer = await ask(getCustomer(customerId));
        if (answer.status === 429) {
          expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
          expect(parse(GatewayError, answer).statusCode).toBe(429);
          return;
        }
        expect(answer.status).toBe(200);
      }
      expect.unreachable(`${MAX_TO_THROTTLE} requests were answered, and none with 429.`);
    },
  );
}

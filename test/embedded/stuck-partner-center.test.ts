import type { HostEvent } from 'local-functions-host';
import { expect, test } from 'vitest';
import { type Manner, unansweringPeer } from '../partner-center/unanswering-peer.ts';
import { embeddedApp } from './embedded-app.ts';

type Ended = Extract<HostEvent, { type: 'invocation-ended' }>;

const TIMEOUT = 'PT1S';

test.each<Manner>(['never answers', 'sends its body slowly'])(
  'a Partner Center that %s holds no function for long, and its teardown ends once it answers',
  async (manner) => {
    const peer = await unansweringPeer(manner);
    const app = await embeddedApp({
      PARTNER_CENTER_API_URL: `http://127.0.0.1:${peer.port}`,
      PARTNER_CENTER_TIMEOUT: TIMEOUT,
    });
    const { customerId } = app.sandbox.addCustomer({
      purchases: [{ kind: 'reservation', cancelTakesMs: 0 }],
    });
    const collected = app.outcomes(1);
    const firstEnded = new Promise<Ended>((resolve, reject) => {
      const onEvent = (event: HostEvent): void => {
        if (event.type === 'invocation-ended') resolve(event);
      };
      app.start(onEvent).catch(reject);
    });
    await app.send({ body: { customerTenantId: customerId }, messageId: 'teardown-1' });
    const ended = await firstEnded;
    expect(ended).toMatchObject({ messageId: 'teardown-1', succeeded: true });
    expect(peer.state.requests).toBeGreaterThan(0);
    // The function ended although no answer did.
    expect(peer.state.finished).toBe(0);
    peer.passOnTo(Number(new URL(app.stack.sandbox.apiUrl).port));
    expect(await collected).toMatchObject([{ teardownId: 'teardown-1', subject: 'deleted' }]);
  },
);

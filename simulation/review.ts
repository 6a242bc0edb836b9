import { api } from '../src/partner-center/api.ts';
import { partnerCenterClient } from '../src/partner-center/client.ts';
import { requestPace } from '../src/partner-center/request-pace.ts';
import { fingerprintOf } from '../src/teardown/fingerprint.ts';
import { takeInventory } from '../src/teardown/inventory.ts';
import type { World } from './world.ts';

/** The fingerprint that a dry run would have said just now: no time passes, and nothing goes wrong. */
export async function reviewedFingerprint(world: World, customerId: string): Promise<string> {
  const nowMs = (): number => world.time.nowMs;
  const claims = Buffer.from(JSON.stringify({ tid: world.sandbox.tenantId })).toString('base64url');
  const token = async () => ({ token: `header.${claims}.`, expiresMs: Number.POSITIVE_INFINITY });
  const client = partnerCenterClient(
    api(
      {
        apiUrl: '',
        timeoutMs: 0,
        tokens: { current: token, after: token },
        pace: requestPace(500, nowMs),
        nowMs,
        transport: async ({ method, path }) => {
          const [pathname = '', query = ''] = path.split('?');
          const { status, body } = world.sandbox.handle({
            method: method.toUpperCase(),
            path: `/v1${pathname}`,
            query: Object.fromEntries(new URLSearchParams(query)),
            caller: world.sandbox.appOnlyCaller,
          });
          return { status, headers: new Headers(), body: JSON.stringify(body ?? '') };
        },
      },
      'review',
    ),
  );
  return fingerprintOf(await takeInventory(client, await client.getCustomer(customerId)));
}

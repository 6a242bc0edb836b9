import { type Reply, refuse } from './answer.ts';
import type { PatchRefusal } from './model.ts';

/** Refusals for reasons that lie outside the sandbox's rules, in the words of article error-codes. */
const TEXTS: Readonly<Record<PatchRefusal['code'], readonly [status: number, text: string]>> = {
  2006: [400, 'Updates on subscriptions for offer {0} are not allowed.'],
  800012: [400, 'This subscription is not an active subscription.'],
  800021: [400, 'This subscription is not a valid subscription.'],
  800030: [400, 'This subscription is not registered.'],
  900263: [403, 'This API method is not supported for legacy subscriptions.'],
  900277: [
    400,
    'Your subscription is in the process of being expired. No further updates are allowed on this subscription.',
  ],
  900280: [400, 'Update operations are currently not allowed for this subscription.'],
  900311: [
    400,
    'This subscription has been updated too many times. Please contact partner support if you need to make more updates on this subscription.',
  ],
};

export function patchRefusalText(code: PatchRefusal['code'], offerId: string): Reply {
  const [status, text] = TEXTS[code];
  return refuse(status, code, text.replace('{0}', offerId));
}

import { expect, it } from 'vitest';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import { signInHarness } from './sign-in-harness.ts';

it('a token of another cloud is refused with its audience, and where to check', async () => {
  const { client, signIns, server } = await signInHarness();
  server.sandbox.changeSettings({ cloud: 'china' });
  const refused = await client(signIns.clientSecret)
    .listCustomers(75)
    .catch((error: unknown) => error);
  if (!(refused instanceof PartnerCenterError)) return expect.unreachable('It was not refused.');
  expect(refused.message).toMatch(
    /\(401.*The token is for https:\/\/api\.partnercenter\.microsoft\.com, issued by https:\/\/\S+\.$/,
  );
  expect(classifyError(refused.response)).toMatchObject({
    reason: 'unauthorized',
    nextStep: expect.stringContaining('PARTNER_CENTER_CLOUD'),
  });
});

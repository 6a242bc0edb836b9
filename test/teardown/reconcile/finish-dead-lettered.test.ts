import { describe, expect, it } from 'vitest';
import type { SandboxProof } from '../../../src/teardown/guards/sandbox-proof.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterRefusal } from '../../../src/teardown/model/partner-center-error.ts';
import { giveUp } from '../../../src/teardown/reconcile/finish-dead-lettered.ts';
import { customer, look } from '../builders.ts';

const cause = { reason: 'MaxDeliveryCountExceeded', description: 'It failed ten times.' };

const proven: SandboxProof = async () => undefined;

function reader(status?: number): PartnerCenterReader {
  return {
    getCustomer: async () => {
      if (status === undefined) return customer;
      throw new PartnerCenterRefusal({
        operation: 'get-customer',
        status,
        description: '',
        body: '',
      });
    },
  } as unknown as PartnerCenterReader;
}

describe('a teardown whose message died', () => {
  it('is parked with the words of Service Bus while the customer is there', async () => {
    expect(await giveUp(look({ begun: true }), cause, reader(), proven)).toMatchObject({
      kind: 'parked',
      reason: 'dead-lettered',
      explanation:
        'Service Bus gave up on a message of this teardown (MaxDeliveryCountExceeded: It failed ten times.).',
    });
  });

  it('says what a person does next', async () => {
    expect(await giveUp(look(), cause, reader(), proven)).toMatchObject({
      nextStep:
        'Find the exception in the log by the teardown id and mend its cause, then request the teardown again under a new MessageId.',
    });
  });

  it('fails itself where reading the customer is a bug', async () => {
    const broken = {
      getCustomer: () => Promise.reject(new TypeError('a bug')),
    } as unknown as PartnerCenterReader;
    await expect(giveUp(look({ begun: true }), cause, broken, proven)).rejects.toThrow('a bug');
  });

  it('says so when Service Bus gave no reason', async () => {
    expect(await giveUp(look({ begun: true }), {}, reader(), proven)).toMatchObject({
      explanation: expect.stringContaining('(no reason was given)'),
    });
  });

  it('is deleted if it had begun and the customer is gone', async () => {
    expect(await giveUp(look({ begun: true }), cause, reader(404), proven)).toMatchObject({
      kind: 'deleted',
      reason: 'already-gone',
    });
  });

  it('is parked if nothing says that the customer is gone, or it had never begun', async () => {
    expect(await giveUp(look({ begun: true }), cause, reader(503), proven)).toMatchObject({
      kind: 'parked',
    });
    expect(await giveUp(look({ begun: false }), cause, reader(404), proven)).toMatchObject({
      kind: 'parked',
    });
  });

  it('is parked where nothing proves that these are the credentials of the sandbox', async () => {
    const at = look({ begun: true });
    const foreign = () => giveUp(at, cause, reader(404), async () => 'Another account.');
    expect(await foreign()).toMatchObject({ kind: 'parked', reason: 'dead-lettered' });
    const unanswered = giveUp(at, cause, reader(404), () =>
      Promise.reject(
        new PartnerCenterRefusal({
          operation: 'list-customers',
          status: 404,
          code: '60003',
          description: '',
          body: '',
        }),
      ),
    );
    expect(await unanswered).toMatchObject({ kind: 'parked' });
  });
});

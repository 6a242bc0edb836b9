import { describe, expect, it } from 'vitest';
import type { SandboxProof } from '../../../src/teardown/guards/sandbox-proof.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import type { DeadLetterCause } from '../../../src/teardown/model/dead-letter-cause.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import { type FactSources, factsAbout } from '../../../src/teardown/reconcile/facts.ts';
import { finishDeadLettered } from '../../../src/teardown/reconcile/finish-dead-lettered.ts';
import { aCheck, CUSTOMER_ID, customer, NOW_MS } from '../builders.ts';

const cause = { reason: 'MaxDeliveryCountExceeded', description: 'It failed ten times.' };

const proven: SandboxProof = async () => undefined;

function reader(status?: number): PartnerCenterReader {
  return {
    getCustomer: async () => {
      if (status === undefined) return customer;
      throw new PartnerCenterError({
        operation: 'get-customer',
        status,
        description: '',
        body: '',
      });
    },
  } as unknown as PartnerCenterReader;
}

const ended = (
  at: Check,
  why: DeadLetterCause,
  client: PartnerCenterReader,
  more: Partial<FactSources> = {},
) =>
  finishDeadLettered(
    at,
    why,
    factsAbout(at, {
      reader: client,
      proveSandbox: proven,
      protections: [],
      mode: 'enforce',
      nowMs: NOW_MS,
      ...more,
    }),
  );

describe('a teardown whose message became a dead letter', () => {
  it('is parked with the words of Service Bus while the customer exists', async () => {
    expect(await ended(aCheck({ begun: true }), cause, reader())).toMatchObject({
      kind: 'parked',
      reason: 'dead-lettered',
      explanation:
        'Service Bus gave up on a message of this teardown (MaxDeliveryCountExceeded: It failed ten times.).',
    });
  });

  it('says what a person does next', async () => {
    expect(await ended(aCheck(), cause, reader())).toMatchObject({
      nextStep:
        'Find the exception in the log by the teardown id and fix its cause, then request the teardown again under a new MessageId.',
    });
  });

  it('does not claim the deletion where only the proof is answered that there is no relationship', async () => {
    const operation = 'list-customers';
    const said = { operation, status: 403, code: '20002', description: '', body: '' } as const;
    const proveSandbox = () => Promise.reject(new PartnerCenterError(said));
    const outcome = await ended(aCheck({ begun: true }), cause, reader(), { proveSandbox });
    expect(outcome).toMatchObject({ kind: 'parked', reason: 'dead-lettered' });
  });

  it('fails itself where reading the customer is a bug', async () => {
    const broken = {
      getCustomer: () => Promise.reject(new TypeError('a bug')),
    } as unknown as PartnerCenterReader;
    await expect(ended(aCheck({ begun: true }), cause, broken)).rejects.toThrow('a bug');
  });

  it('says so when Service Bus gave no reason', async () => {
    expect(await ended(aCheck({ begun: true }), {}, reader())).toMatchObject({
      explanation: expect.stringContaining('(no reason was given)'),
    });
  });

  it('is deleted if it had begun and the customer is gone', async () => {
    expect(await ended(aCheck({ begun: true }), cause, reader(404))).toMatchObject({
      kind: 'deleted',
      reason: 'already-gone',
    });
  });

  it('is parked if nothing says that the customer is gone, or it had never begun', async () => {
    expect(await ended(aCheck({ begun: true }), cause, reader(503))).toMatchObject({
      kind: 'parked',
    });
    expect(await ended(aCheck({ begun: false }), cause, reader(404))).toMatchObject({
      kind: 'parked',
    });
  });

  it('is parked where nothing proves that these are the credentials of the sandbox', async () => {
    const at = aCheck({ begun: true });
    const foreign = () =>
      ended(at, cause, reader(404), { proveSandbox: async () => 'Another account.' });
    expect(await foreign()).toMatchObject({ kind: 'parked', reason: 'dead-lettered' });
    const unanswered = ended(at, cause, reader(404), {
      proveSandbox: () =>
        Promise.reject(
          new PartnerCenterError({
            operation: 'list-customers',
            status: 404,
            code: '60003',
            description: '',
            body: '',
          }),
        ),
    });
    expect(await unanswered).toMatchObject({ kind: 'parked' });
  });

  it.each<[string, Partial<FactSources>]>([
    ['teardown is switched off', { mode: 'off' }],
    ['the customer is protected', { protections: [{ customer: CUSTOMER_ID, owner: 'Ada' }] }],
  ])('does not claim the deletion where %s', async (_when, more) => {
    const at = aCheck({ begun: true });
    expect(await ended(at, cause, reader(404), more)).toMatchObject({ reason: 'dead-lettered' });
  });

  it('says what it has written', async () => {
    const at = aCheck({ begun: true, written: ['PATCH /x'] });
    expect(await ended(at, cause, reader())).toMatchObject({
      explanation: expect.stringMatching(/Already written: PATCH \/x\.$/),
    });
  });
});

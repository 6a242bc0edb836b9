import { describe, expect, it } from 'vitest';
import type { PartnerCenterReader } from '../../src/teardown/partner-center.ts';
import type { Customer } from '../../src/teardown/purchases.ts';
import { PartnerCenterRefusal } from '../../src/teardown/refusal.ts';
import { type Sweep, type SweepEvent, sweep } from '../../src/teardown/sweep/sweep.ts';
import { NOW_MS } from './builders.ts';

const silent = () => () => undefined;

const customers: readonly Customer[] = [
  { id: 'a', domain: 'a.test.example' },
  { id: 'b', domain: 'b.test.example' },
  { id: 'c', domain: 'c.other.example' },
  { id: 'nameless' },
];

async function swept(more: Partial<Sweep> = {}) {
  const requests: { id: string; customerTenantId: string; delayMs: number }[] = [];
  const events: SweepEvent[] = [];
  await sweep(
    {
      mode: 'enforce',
      rules: { include: ['*.test.example'], mostCustomers: 10 },
      protections: [],
      graceMs: 0,
      spacingMs: 1_000,
      proveSandbox: async () => undefined,
      messenger: {
        sendRequest: async (id, { customerTenantId }, delayMs) => {
          requests.push({ id, customerTenantId, delayMs });
        },
        publishSweep: async (event) => void events.push(event),
      },
      partnerCenter: () =>
        ({ listCustomers: async () => customers }) as unknown as PartnerCenterReader,
      nowMs: () => NOW_MS,
      ...more,
    },
    silent,
  );
  return { requests, events: events.map(({ kind, reason }) => `${kind} (${reason})`), all: events };
}

const refused: readonly (readonly [when: string, means: Partial<Sweep>, reason: string])[] = [
  ['without rules', { rules: { include: [], mostCustomers: 10 } }, 'no-rules'],
  ['switched off', { mode: 'off' }, 'switched-off'],
  [
    'with more matches than the cap',
    { rules: { include: ['*'], mostCustomers: 1 } },
    'too-many-matches',
  ],
  [
    'with a cap of 0, which means none',
    { rules: { include: ['a.*'], mostCustomers: 0 } },
    'too-many-matches',
  ],
  ['in what is not the sandbox', { proveSandbox: async () => 'somebody else' }, 'not-a-sandbox'],
  [
    'while enough places are free',
    { rules: { include: ['*'], mostCustomers: 10, whenFewerFreeThan: 71 } },
    'enough-places-free',
  ],
  [
    'while Partner Center does not answer',
    {
      proveSandbox: () =>
        Promise.reject(
          new PartnerCenterRefusal({
            operation: 'list-customers',
            status: 503,
            description: '',
            body: '',
          }),
        ),
    },
    'no-answer',
  ],
];

describe('the nightly sweep', () => {
  it('requests what its rules include, spread out, under ids of the day', async () => {
    const { requests, events } = await swept();
    expect(requests).toEqual([
      { id: 'sweep-2026-11-22-a', customerTenantId: 'a', delayMs: 0 },
      { id: 'sweep-2026-11-22-b', customerTenantId: 'b', delayMs: 1_000 },
    ]);
    expect(events).toEqual(['completed (requested)']);
  });

  it('announces first, and requests that much later, where a grace period is set', async () => {
    const { requests, events, all } = await swept({ graceMs: 60_000 });
    expect(requests.map(({ delayMs }) => delayMs)).toEqual([60_000, 61_000]);
    expect(events).toEqual(['announced (grace-period)', 'completed (requested)']);
    expect(all[0]).toMatchObject({
      firstDueMs: NOW_MS + 60_000,
      customers: [{ customerTenantId: 'a', domain: 'a.test.example' }, { customerTenantId: 'b' }],
    });
  });

  it('never requests a protected customer', async () => {
    const protections = [{ customer: 'a.*', owner: 'Ada' }];
    const { requests } = await swept({ protections });
    expect(requests.map(({ customerTenantId }) => customerTenantId)).toEqual(['b']);
  });

  it('protects until the day that a protection names, and requests from then on', async () => {
    const until = (untilMs: number) => [{ customer: 'a.*', owner: 'Ada', untilMs }];
    const requestedWith = async (untilMs: number) =>
      (await swept({ protections: until(untilMs) })).requests.map((each) => each.customerTenantId);
    expect(await requestedWith(NOW_MS + 1)).toEqual(['b']);
    expect(await requestedWith(NOW_MS - 1)).toEqual(['a', 'b']);
  });

  it('is completed only once every request is sent, and not at all where one is not', async () => {
    const done: string[] = [];
    const messenger = (ends: () => Promise<void>): Sweep['messenger'] => ({
      sendRequest: async (id) => {
        await ends();
        done.push(id);
      },
      publishSweep: async ({ kind }) => void done.push(kind),
    });
    await swept({ messenger: messenger(() => Promise.resolve()) });
    expect(done).toEqual(['sweep-2026-11-22-a', 'sweep-2026-11-22-b', 'completed']);

    done.length = 0;
    const failing = messenger(() => Promise.reject(new Error('The queue is full.')));
    await expect(swept({ messenger: failing })).rejects.toThrow('The queue is full.');
    expect(done).toEqual([]);
  });

  it('says the same under the same id, whoever counts', async () => {
    const { all } = await swept({ graceMs: 60_000, nowMs: () => NOW_MS });
    const customersOf = [
      { customerTenantId: 'a', domain: 'a.test.example' },
      { customerTenantId: 'b', domain: 'b.test.example' },
    ];
    const said = {
      explanation: '2 of 4 customers were requested.',
      customers: customersOf,
      firstDueMs: NOW_MS + 60_000,
      endedMs: NOW_MS,
    };
    expect(all).toStrictEqual([
      { id: 'sweep-2026-11-22:announced', kind: 'announced', reason: 'grace-period', ...said },
      { id: 'sweep-2026-11-22:completed', kind: 'completed', reason: 'requested', ...said },
    ]);
  });

  it('names a customer without a domain by its id alone', async () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const { all } = await swept({
      rules: { include: [id], mostCustomers: 1 },
      partnerCenter: () =>
        ({ listCustomers: async () => [{ id }] }) as unknown as PartnerCenterReader,
    });
    expect(all[0]?.customers).toStrictEqual([{ customerTenantId: id }]);
  });

  it('requests in its own name', async () => {
    const asked: unknown[] = [];
    await swept({
      messenger: {
        sendRequest: async (_id, request) => void asked.push(request),
        publishSweep: async () => undefined,
      },
    });
    expect(asked[0]).toEqual({ customerTenantId: 'a', requestedBy: 'nightlySweep' });
  });

  it('asks Partner Center nothing without rules, or while it is switched off', async () => {
    const asked = () => expect.unreachable('Partner Center was asked.');
    const means = { proveSandbox: async () => asked(), partnerCenter: asked };
    const none = await swept({ rules: { include: [], mostCustomers: 10 }, ...means });
    const off = await swept({ mode: 'off', ...means });
    expect([none.all, off.all]).toMatchObject([
      [
        {
          customers: [],
          explanation: 'SWEEP_INCLUDE names no customer and no domain, so there is no sweep.',
        },
      ],
      [{ customers: [], explanation: 'TEARDOWN_MODE is "off", so there is no sweep.' }],
    ]);
  });

  it('that is a bug is thrown', async () => {
    const proveSandbox = () => Promise.reject(new TypeError('a bug'));
    await expect(swept({ proveSandbox })).rejects.toThrow('a bug');
  });

  it.each(refused)('requests nothing %s, and says so', async (_name, more, reason) => {
    const { requests, events } = await swept(more);
    expect(requests).toEqual([]);
    expect(events).toEqual([`refused (${reason})`]);
  });

  it('runs under quota pressure', async () => {
    const rules = { include: ['*.test.example'], mostCustomers: 10, whenFewerFreeThan: 72 };
    expect((await swept({ rules })).requests).toHaveLength(2);
  });

  it('includes no customer by domain whose domain is not known', async () => {
    const { requests } = await swept({ rules: { include: ['*'], mostCustomers: 10 } });
    expect(requests.map(({ customerTenantId }) => customerTenantId)).toEqual(['a', 'b', 'c']);
  });
});

import { describe, expect, it } from 'vitest';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import type { Customer } from '../../../src/teardown/model/purchases.ts';
import {
  SWEEP_REFUSED_REASONS,
  type SweepRefusedReason,
} from '../../../src/teardown/model/reasons.ts';
import type { TeardownRequest } from '../../../src/teardown/model/request.ts';
import type { SweepEvent } from '../../../src/teardown/model/sweep-event.ts';
import type { TimerRun } from '../../../src/teardown/sweep/firing.ts';
import { type Sweep, sweep } from '../../../src/teardown/sweep/sweep.ts';
import { NOW_MS } from '../builders.ts';

const silent = () => () => undefined;
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const TWO_MS = 2 * HOUR_MS;
/** Every night at two. */
const lastDueMs = (atMs: number) => Math.floor((atMs - TWO_MS) / DAY_MS) * DAY_MS + TWO_MS;

const [A, B, C, NAMELESS] = [1, 2, 3, 4].map((one) =>
  `aaaaaaaa-2222-3333-4444-${one}`.padEnd(36, '5'),
) as [string, string, string, string];
const customers: readonly Customer[] = [
  { id: A, domain: 'a.test.example' },
  { id: B, domain: 'b.test.example' },
  { id: C, domain: 'c.other.example' },
  { id: NAMELESS },
];

async function swept(more: Partial<Sweep> = {}, timer: Partial<TimerRun> = {}) {
  const bodies: TeardownRequest[] = [];
  const requests: { id: string; customerTenantId: string; delayMs: number }[] = [];
  const events: SweepEvent[] = [];
  await sweep(
    {
      mode: 'enforce',
      rules: { include: ['*.test.example'], maxCustomers: 10 },
      protections: [],
      graceMs: 0,
      spacingMs: 1_000,
      minIdleMs: 12 * HOUR_MS,
      maxPastDueMs: HOUR_MS,
      lastDueMs,
      proveSandbox: async () => undefined,
      messenger: {
        sendRequest: async (id, body, delayMs) => {
          bodies.push(body);
          requests.push({ id, customerTenantId: body.customerTenantId, delayMs });
        },
        publishSweep: async (event) => void events.push(event),
      },
      partnerCenter: () =>
        ({ listCustomers: async () => customers }) as unknown as PartnerCenterReader,
      nowMs: () => NOW_MS,
      ...more,
    },
    { isPastDue: false, nextMs: NOW_MS, ...timer },
    silent,
  );
  const said = events.map(({ kind, reason }) => `${kind} (${reason})`);
  return { requests, bodies, events: said, all: events };
}

const refused: readonly (readonly [
  when: string,
  deps: Partial<Sweep>,
  reason: SweepRefusedReason,
])[] = [
  ['without rules', { rules: { include: [], maxCustomers: 10 } }, 'no-rules'],
  ['switched off', { mode: 'off' }, 'switched-off'],
  [
    'with more matches than the cap',
    { rules: { include: ['*'], maxCustomers: 1 } },
    'too-many-matches',
  ],
  [
    'with a cap of 0, which means none',
    { rules: { include: ['a.*'], maxCustomers: 0 } },
    'too-many-matches',
  ],
  ['in what is not the sandbox', { proveSandbox: async () => 'someone else' }, 'not-a-sandbox'],
  [
    'while enough slots are free',
    { rules: { include: ['*'], maxCustomers: 10, belowFreeSlots: 71 } },
    'enough-slots-free',
  ],
  [
    'while Partner Center does not answer',
    {
      proveSandbox: () =>
        Promise.reject(
          new PartnerCenterError({
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

const GUID = '11111111-2222-3333-4444-555555555555';
const OTHER_GUID = '22222222-2222-3333-4444-555555555555';
const THIRD_GUID = '33333333-2222-3333-4444-555555555555';

describe('the nightly sweep', () => {
  it('requests what its rules include, spread out, under ids of the time that was due', async () => {
    const { requests, events } = await swept();
    expect(requests).toEqual([
      { id: `sweep-20261122T0200Z-${A}`, customerTenantId: A, delayMs: 0 },
      { id: `sweep-20261122T0200Z-${B}`, customerTenantId: B, delayMs: 1_000 },
    ]);
    expect(events).toEqual(['completed (requested)']);
  });

  it('announces first, and requests after the period of grace, where one is set', async () => {
    const { requests, events, all } = await swept({ graceMs: 60_000 });
    expect(requests.map(({ delayMs }) => delayMs)).toEqual([60_000, 61_000]);
    expect(events).toEqual(['announced (grace-period)', 'completed (requested)']);
    expect(all[0]).toMatchObject({
      firstDueMs: NOW_MS + 60_000,
      customers: [{ customerTenantId: A, domain: 'a.test.example' }, { customerTenantId: B }],
    });
  });

  it.each([
    ['keeps the requests as far apart as it should, however long sending takes', 2_000, 2_000],
    ['sends a request at once that became due while the others were sent', 1_000, 1_200],
  ])('%s', async (_name, spacingMs, expectedMs) => {
    let nowMs = NOW_MS;
    const dueMs: number[] = [];
    const sendRequest: Sweep['messenger']['sendRequest'] = async (_id, _body, delayMs) => {
      dueMs.push(nowMs - NOW_MS + delayMs);
      nowMs += 1_200;
    };
    await swept({
      rules: { include: ['*.example'], maxCustomers: 10 },
      spacingMs,
      messenger: { sendRequest, publishSweep: async () => undefined },
      nowMs: () => nowMs,
    });
    expect(dueMs).toEqual([0, expectedMs, 2 * expectedMs]);
  });

  it('never requests a protected customer', async () => {
    const protections = [{ customer: 'a.*', owner: 'Ada' }];
    const { requests } = await swept({ protections });
    expect(requests.map(({ customerTenantId }) => customerTenantId)).toEqual([B]);
  });

  it('protects until the day that a protection names, and requests from then on', async () => {
    const until = (untilMs: number) => [{ customer: 'a.*', owner: 'Ada', untilMs }];
    const requestedWith = async (untilMs: number) =>
      (await swept({ protections: until(untilMs) })).requests.map((each) => each.customerTenantId);
    expect(await requestedWith(NOW_MS + 1)).toEqual([B]);
    expect(await requestedWith(NOW_MS)).toEqual([A, B]);
    expect(await requestedWith(NOW_MS - 1)).toEqual([A, B]);
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
    expect(done).toEqual([`sweep-20261122T0200Z-${A}`, `sweep-20261122T0200Z-${B}`, 'completed']);

    done.length = 0;
    const failing = messenger(() => Promise.reject(new Error('The queue is full.')));
    await expect(swept({ messenger: failing })).rejects.toThrow('The queue is full.');
    expect(done).toEqual([]);
  });

  it('publishes the same under the same id, on every instance', async () => {
    const { all } = await swept({ graceMs: 60_000, nowMs: () => NOW_MS });
    const customersOf = [
      { customerTenantId: A, domain: 'a.test.example' },
      { customerTenantId: B, domain: 'b.test.example' },
    ];
    const said = {
      customers: customersOf,
      notRequested: [
        {
          customerTenantId: NAMELESS,
          reason: 'domain-unknown',
          why: 'Its domain is unknown, so no rule by domain includes it.',
        },
      ],
      firstDueMs: NOW_MS + 60_000,
      endedMs: NOW_MS,
    };
    const more =
      'Left out: 0 protected, 1 without a known domain. A customer with a purchase newer than PT12H when its turn comes is skipped.';
    expect(all).toStrictEqual([
      {
        ...{ id: 'sweep-20261122T0200Z:announced', kind: 'announced', reason: 'grace-period' },
        explanation: `2 of 4 customers will be requested, the first at 2026-11-22T02:01:00.000Z. ${more}`,
        ...said,
      },
      {
        ...{ id: 'sweep-20261122T0200Z:completed', kind: 'completed', reason: 'requested' },
        explanation: `2 of 4 customers were requested. ${more}`,
        ...said,
      },
    ]);
  });

  it('names a customer without a domain by its id alone', async () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const { all } = await swept({
      rules: { include: [id], maxCustomers: 1 },
      partnerCenter: () =>
        ({ listCustomers: async () => [{ id }] }) as unknown as PartnerCenterReader,
    });
    expect(all[0]?.customers).toStrictEqual([{ customerTenantId: id }]);
  });

  it('requests in its own name the customers that it announced, unless they are in use', async () => {
    const { bodies } = await swept();
    expect(bodies[0]).toStrictEqual({
      customerTenantId: A,
      requestedBy: 'nightlySweep',
      expectedDomain: 'a.test.example',
      minIdle: 'PT12H',
    });
  });

  it('requests dry runs in dry-run mode, and says so', async () => {
    const { bodies, all } = await swept({ mode: 'dry-run', graceMs: 60_000, minIdleMs: 90_500 });
    expect(bodies).toMatchObject([
      { dryRun: true, minIdle: 'PT1M30.5S' },
      { dryRun: true, minIdle: 'PT1M30.5S' },
    ]);
    expect(all.map(({ explanation }) => explanation.split('. ')[0])).toEqual([
      '2 of 4 customers will be requested, the first at 2026-11-22T02:01:00.000Z, as dry runs',
      '2 of 4 customers were requested, as dry runs',
    ]);
  });

  it('expects the canonical domain, and none where none is known', async () => {
    const listed = [
      { id: GUID, domain: 'BÜCHER.example.' },
      { id: OTHER_GUID },
      { id: THIRD_GUID, domain: 'two words' },
    ];
    const { bodies } = await swept({
      rules: { include: [GUID, OTHER_GUID, THIRD_GUID], maxCustomers: 3 },
      partnerCenter: () =>
        ({ listCustomers: async () => listed }) as unknown as PartnerCenterReader,
    });
    expect(bodies.map(({ expectedDomain }) => expectedDomain)).toEqual([
      'xn--bcher-kva.example',
      undefined,
      undefined,
    ]);
  });

  it('names every customer that it left out, and why', async () => {
    const protections = [{ customer: 'c.*.example', owner: 'Ada' }];
    const rules = { include: ['*'], maxCustomers: 10 };
    const { all, requests } = await swept({ protections, rules });
    expect(requests.map(({ customerTenantId }) => customerTenantId)).toEqual([A, B]);
    const why = 'Protected by Ada (rule "c.*.example").';
    expect(all[0]?.notRequested).toStrictEqual([
      { customerTenantId: C, domain: 'c.other.example', reason: 'protected', why },
      // No one knows whether the rule means it, so it does.
      { customerTenantId: NAMELESS, reason: 'protected', why },
    ]);
    expect(all[0]?.explanation).toMatch(
      /^2 of 4 customers were requested\. Left out: 2 protected, 0 /,
    );
  });

  it('requests no customer whose id is not valid in a request, and says so', async () => {
    const listed = [{ id: 'shop-7', domain: 'd.test.example' }, ...customers];
    const { all, requests } = await swept({
      partnerCenter: () =>
        ({ listCustomers: async () => listed }) as unknown as PartnerCenterReader,
    });
    expect(requests.map(({ customerTenantId }) => customerTenantId)).toEqual([A, B]);
    expect(all[0]?.notRequested[0]).toMatchObject({
      customerTenantId: 'shop-7',
      reason: 'id-no-guid',
    });
    expect(all[0]?.explanation).toMatch(/1 without a known domain, 1 whose id is not a GUID\./);
  });

  it('does not mention later skips where it requests no customer', async () => {
    const { all } = await swept({
      rules: { include: ['*.nobody.example'], maxCustomers: 1 },
      partnerCenter: () =>
        ({ listCustomers: async () => [customers[0]] }) as unknown as PartnerCenterReader,
    });
    expect(all[0]?.explanation).toBe('0 of 1 customers were requested.');
  });

  it.each([
    [0, 'completed (requested)'],
    [HOUR_MS - 1, 'completed (requested)'],
    [HOUR_MS, 'completed (requested)'],
    [HOUR_MS + 1, 'refused (past-due)'],
    [DAY_MS - 1, 'refused (past-due)'],
  ])('that runs %d ms after its due time is %s', async (lateMs, said) => {
    for (const isPastDue of [true, false]) {
      const { events, requests, all } = await swept(
        { nowMs: () => NOW_MS + lateMs },
        { isPastDue },
      );
      expect(events).toEqual([said]);
      expect(requests.length).toBe(said.startsWith('refused') ? 0 : 2);
      expect(all[0]?.id).toMatch(/^sweep-20261122T0200Z:/);
    }
  });

  it('far past due says so, and sends Partner Center nothing', async () => {
    const asked = () => expect.unreachable('Partner Center was asked.');
    const { all } = await swept(
      {
        nowMs: () => NOW_MS + 6 * HOUR_MS,
        proveSandbox: async () => asked(),
        partnerCenter: asked,
      },
      { isPastDue: true },
    );
    expect(all).toMatchObject([
      {
        reason: 'past-due',
        customers: [],
        notRequested: [],
        explanation:
          'The sweep runs PT6H after its due time, more than SWEEP_MAX_PAST_DUE (PT1H), so nothing was requested.',
        nextStep: 'Run nightlySweep by hand if it should not wait for its next due time.',
      },
    ]);
  });

  it('after a weekend without a host counts as the last one due', async () => {
    const monday = { nowMs: () => NOW_MS + 2 * DAY_MS + 30 * 60_000 };
    const { requests } = await swept(monday, { isPastDue: true });
    expect(requests[0]?.id).toBe(`sweep-20261124T0200Z-${A}`);
  });

  it('has an id of its own for each due time', async () => {
    const ids = [];
    for (const dueMs of [NOW_MS, NOW_MS + DAY_MS / 2]) {
      const { requests } = await swept(
        { nowMs: () => dueMs, lastDueMs: () => dueMs },
        { nextMs: dueMs },
      );
      ids.push(requests[0]?.id);
    }
    expect(ids).toEqual([`sweep-20261122T0200Z-${A}`, `sweep-20261122T1400Z-${A}`]);
  });

  it('by hand has an id of its own, at any hour', async () => {
    const { requests, all } = await swept(
      { nowMs: () => NOW_MS + 12 * HOUR_MS + 5_007 },
      { nextMs: NOW_MS + DAY_MS },
    );
    expect(requests[0]?.id).toBe(`sweep-by-hand-20261122T140005007Z-${A}`);
    expect(all[0]?.id).toBe('sweep-by-hand-20261122T140005007Z:completed');
  });

  it('sends Partner Center nothing without rules, or while it is switched off', async () => {
    const asked = () => expect.unreachable('Partner Center was asked.');
    const deps = { proveSandbox: async () => asked(), partnerCenter: asked };
    const none = await swept({ rules: { include: [], maxCustomers: 10 }, ...deps });
    const off = await swept({ mode: 'off', ...deps });
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

  it.each(refused)(
    'requests nothing %s, and says so and what to do next',
    async (_name, more, reason) => {
      const { requests, events, all } = await swept(more);
      expect(requests).toEqual([]);
      expect(events).toEqual([`refused (${reason})`]);
      const { nextStep } = SWEEP_REFUSED_REASONS[reason];
      expect(all).toMatchObject([{ nextStep }]);
    },
  );

  it('runs under quota pressure', async () => {
    const rules = { include: ['*.test.example'], maxCustomers: 10, belowFreeSlots: 72 };
    expect((await swept({ rules })).requests).toHaveLength(2);
  });

  it('includes no customer of unknown domain by a domain rule', async () => {
    const { requests } = await swept({ rules: { include: ['*'], maxCustomers: 10 } });
    expect(requests.map(({ customerTenantId }) => customerTenantId)).toEqual([A, B, C]);
  });
});

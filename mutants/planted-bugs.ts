/** A mistake that somebody could make, as an edit of the product, and what it would do to its users. */
export interface PlantedBug {
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  readonly harm: string;
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'complete before schedule',
    file: 'src/teardown/reconcile/publish-result.ts',
    find: 'await messenger.scheduleCheck(next, delayMs);',
    replace: 'void messenger.scheduleCheck(next, delayMs).catch(() => undefined);',
    harm: 'a crash in between loses the teardown',
  },
  {
    name: 'attempt missing from the MessageId',
    file: 'src/service-bus/messenger.ts',
    find: 'messageId: checkIdOf(names),',
    replace: "messageId: messageIdOf(names.teardownId, 'check'),",
    harm: 'duplicate detection drops the second check',
  },
  {
    name: 'a stale "all released" flag',
    file: 'src/teardown/reconcile/reconcile.ts',
    find: 'const decision = decide(inventory, deps.nowMs, check.startedMs);',
    replace:
      "const decision = check.begun ? ({ kind: 'delete' } as const) : decide(inventory, deps.nowMs, check.startedMs);",
    harm: 'the customer is deleted on the word of an earlier check',
  },
  {
    name: '404 taken for deleted at the first read',
    file: 'src/teardown/reconcile/handle-api-error.ts',
    find: 'if (progress.begun) return finish(alreadyGone);',
    replace: 'if (!check.missing) return finish(alreadyGone);',
    harm: 'a mistyped id is reported as a success',
  },
  {
    name: 'a protection rule that cannot be evaluated taken for no',
    file: 'src/teardown/model/protection.ts',
    find: '.find((protection) => matchesRule(protection.customer, customer) ?? true);',
    replace: '.find((protection) => matchesRule(protection.customer, customer) ?? false);',
    harm: 'a protected customer is torn down',
  },
  {
    name: 'cap 0 taken for unlimited',
    file: 'src/teardown/sweep/plan-sweep.ts',
    find: 'if (matches.length > rules.maxCustomers) {',
    replace: 'if (rules.maxCustomers > 0 && matches.length > rules.maxCustomers) {',
    harm: 'a sweep that was switched off takes everything',
  },
  {
    name: 'a failing page taken for an empty one',
    file: 'src/partner-center/paginate.ts',
    find: "const reply = await api.send({ operation, method: 'get', ...next });",
    replace:
      "const reply = await api.send({ operation, method: 'get', ...next }).catch(() => ({ status: 200, headers: new Headers(), body: '{\"items\":[]}' }));",
    harm: 'what could not be read counts as nothing there',
  },
  {
    name: 'a dry run that writes',
    file: 'src/teardown/teardown.ts',
    find: "executor: sources.mode === 'enforce' ?",
    replace: "executor: sources.mode !== 'off' ?",
    harm: 'a rehearsal deletes',
  },
  {
    name: 'retry inside the handler',
    file: 'src/teardown/reconcile/reconcile.ts',
    find: 'const facts = factsAbout(check, deps);',
    replace:
      "await new Promise((resolve) => (0, eval)('setTimeout')(resolve, 2_000));\n    const facts = factsAbout(check, deps);",
    harm: 'instances wait, and are paid for it',
  },
  {
    name: 'outcome published twice',
    file: 'src/service-bus/messenger.ts',
    find: "messageId: messageIdOf(correlationId, lastPart(event.id, ':')),",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
    replace: "messageId: `${messageIdOf(correlationId, lastPart(event.id, ':'))}${event.time}`,",
    harm: 'a subscriber sees two ends of one teardown',
  },
  {
    name: 'a long check that nothing ends before its lock does',
    file: 'src/partner-center/api.ts',
    find: 'export const MAX_CHECK_MS = 20_000;',
    replace: 'export const MAX_CHECK_MS = 20_000_000;',
    harm: 'the lock is lost, and two instances work on one message for ever',
  },
  {
    name: 'a DELETE refused for a new purchase taken for a deletion',
    file: 'src/teardown/execute/live.ts',
    find: 'if (named.length === 0) throw error;',
    replace:
      'if (named.length === 0 && response.status === 400) return undefined;\n    if (named.length === 0) throw error;',
    harm: 'a purchase made between reading and deleting: reported as deleted, still there',
  },
  {
    name: 'an outcome published and not awaited',
    file: 'src/teardown/reconcile/publish-result.ts',
    find: 'await messenger.publishOutcome(',
    replace: 'void messenger.publishOutcome(',
    harm: 'a crash in between loses the end of the teardown',
  },
  {
    name: 'a dry run that a request lifts',
    file: 'src/teardown/model/mode.ts',
    find: "return allowed === 'enforce' && dryRun === true ? 'dry-run' : allowed;",
    replace:
      "return allowed !== 'off' && dryRun !== undefined ? (dryRun ? 'dry-run' : 'enforce') : allowed;",
    harm: 'whoever may send a request may delete',
  },
  {
    name: 'a reviewed plan compared and carried out in one check',
    file: 'src/teardown/reconcile/plan-approval.ts',
    find: "return mode === 'enforce' && !begun && request.ifUnchanged !== undefined;",
    replace: "return mode === 'off' && !begun && request.ifUnchanged !== undefined;",
    harm: 'after a crash its own first write is taken for a change: it stops half-way',
  },
  {
    name: 'a fingerprint that leaves out the subscriptions',
    file: 'src/teardown/release/plan-items.ts',
    find: 'const open = purchasesOf(inventory)',
    replace: 'const open = purchasesOf({ ...inventory, subscriptions: [] })',
    harm: 'a plan is carried out although the customer is not what was reviewed',
  },
  {
    name: 'an outcome message without its own subject',
    file: 'src/service-bus/messenger.ts',
    find: "subject: lastPart(event.type, '.'),",
    replace: "subject: 'deleted',",
    harm: 'the subscription attention gets nothing, so no person sees what is parked',
  },
  {
    name: "the sweep's cap ignored",
    file: 'src/teardown/sweep/plan-sweep.ts',
    find: 'if (matches.length > rules.maxCustomers) {',
    replace: 'if (matches.length > MAX_SANDBOX_CUSTOMERS) {',
    harm: 'one rule that is too wide empties the sandbox',
  },
  {
    name: "the sweep's grace time ignored",
    file: 'src/teardown/sweep/sweep.ts',
    find: 'const delayMs = deps.graceMs + index * deps.spacingMs;',
    replace: 'const delayMs = index * deps.spacingMs;',
    harm: 'nobody has the time to protect what was announced',
  },
  {
    name: 'the tenant of the token not looked at while the proof holds',
    file: 'src/teardown/guards/sandbox-proof.ts',
    find: 'const tenantId = (await reader.signedInTenant())?.toLowerCase();',
    replace:
      'if (nowMs() < provenUntilMs) return undefined;\n    const tenantId = (await reader.signedInTenant())?.toLowerCase();',
    harm: 'with new credentials it writes to the account of another tenant',
  },
  {
    name: 'the sandbox not proven to a check that has begun',
    file: 'src/teardown/guards/guards.ts',
    find: '[switchedOn, isSandbox, knownNames, sweepGoesOn]',
    replace: '[switchedOn, knownNames, sweepGoesOn]',
    harm: 'to the account of other credentials every customer looks gone: reported as deleted, still there',
  },
  {
    name: 'a kill switch that a check does not ask which has begun',
    file: 'src/teardown/guards/switched-on.ts',
    find: 'export const switchedOn: Guard = async (_check, facts) =>\n  facts.mode === ',
    replace:
      'export const switchedOn: Guard = async (check, facts) =>\n  !check.begun && facts.mode === ',
    harm: 'what was switched off goes on asking and planning',
  },
  {
    name: 'a protection that ends an hour early',
    file: 'src/teardown/model/protection.ts',
    find: 'untilMs === undefined || nowMs < untilMs)',
    replace: 'untilMs === undefined || nowMs < untilMs - 3_600_000)',
    harm: 'a customer is torn down while somebody still works with it',
  },
  {
    name: 'a minimum idle time that is an hour short',
    file: 'src/teardown/guards/idle-long-enough.ts',
    find: 'facts.nowMs - atMs < minIdleMs,',
    replace: 'facts.nowMs - atMs < minIdleMs - 3_600_000,',
    harm: 'what was bought in the evening is gone in the night',
  },
  {
    name: 'a domain that a check carries taken for the one the customer has',
    file: 'src/teardown/reconcile/facts.ts',
    find: 'customer,\n    sandboxObjection',
    replace: 'customer: named,\n    sandboxObjection',
    harm: 'who forges a check gets round every rule by domain',
  },
  {
    name: 'a check taken under another name than its own',
    file: 'src/teardown/model/check-message.ts',
    find: 'return messageId === ownId',
    replace: 'return messageId !== undefined',
    harm: 'a check of one teardown takes the place of another one, and nobody is told',
  },
  {
    name: 'a check that has a number nobody can read',
    file: 'src/teardown/reconcile/publish-result.ts',
    find: 'attempt >= MAX_ATTEMPTS;',
    replace: 'attempt > MAX_ATTEMPTS;',
    harm: 'after a forged check the app refuses its own, and the teardown has no outcome',
  },
  {
    name: 'what a reviewed plan does not list written all the same',
    file: 'src/teardown/guards/unchanged.ts',
    find: 'return others.length === 0 ? undefined',
    replace: 'return others.length >= 0 ? undefined',
    harm: 'something is cancelled that nobody has reviewed',
  },
  {
    name: "the sweep's bound for past due ignored",
    file: 'src/teardown/sweep/sweep.ts',
    find: 'if (lateMs > deps.maxPastDueMs) {',
    replace: 'if (lateMs > deps.maxPastDueMs * 1_000) {',
    harm: 'an app that is started at noon takes the customers of those who are at work',
  },
  {
    name: "the sweep's bound for past due taken a moment early",
    file: 'src/teardown/sweep/sweep.ts',
    find: 'if (lateMs > deps.maxPastDueMs) {',
    replace: 'if (lateMs >= deps.maxPastDueMs) {',
    harm: 'a night without a sweep, though it came in time',
  },
  {
    name: 'a timer that fires early taken for the night before',
    file: 'src/teardown/sweep/firing.ts',
    find: 'const isEarly = aheadMs > 0 && aheadMs <= MAX_EARLY_MS;',
    replace: 'const isEarly = aheadMs > MAX_EARLY_MS && !isPastDue;',
    harm: 'the sweep is a day late by its own count, and requests nothing',
  },
  {
    name: 'a sweep named by when it fires',
    file: 'src/teardown/sweep/firing.ts',
    find: 'const dueMs = lastDueMs(isEarly ? nextMs : nowMs) ?? nowMs;',
    replace: 'const dueMs = isEarly ? nextMs : nowMs;',
    harm: 'fired twice, it is two sweeps',
  },
  {
    name: 'a request for whom no request can name',
    file: 'src/teardown/sweep/plan-sweep.ts',
    find: 'if (isGuid(customer.id)) return undefined;',
    replace: 'if (customer.id) return undefined;',
    harm: 'every night a request that is refused as malformed',
  },
  {
    name: 'a sweep that goes by a protection which has ended',
    file: 'src/teardown/sweep/plan-sweep.ts',
    find: 'const protection = protectionOf(customer, protections, nowMs);',
    replace: 'const protection = protectionOf(customer, protections, 0);',
    harm: 'a customer that was to be kept for a day takes its place for ever',
  },
  {
    name: 'a Retry-After that is not kept',
    file: 'src/teardown/reconcile/retry-policy.ts',
    find: 'const askedMs = Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);',
    replace: 'const askedMs = Math.min(retryAfterMs, 0);',
    harm: 'a service that is throttled already is asked all the more',
  },
  {
    name: 'a request repeated at once after a long wait',
    file: 'src/partner-center/api.ts',
    find: 'if (repeated || late)',
    replace: 'if (repeated || (late && sentMs < 0))',
    harm: 'a slow service makes every check twice as long',
  },
  {
    name: 'an Azure subscription cancelled for another reason',
    file: 'src/partner-center/resources/updates.ts',
    find: "cancellationReason: 'compromise'",
    replace: "cancellationReason: 'customerRequest'",
    harm: 'the service refuses it (900307), and no customer with an Azure plan is ever deleted',
  },
  {
    name: 'an Azure plan that reads disabled taken for over',
    file: 'src/teardown/inventory/azure-plans.ts',
    find: "new Set(['suspended', 'deleted', 'expired']);",
    replace: "new Set(['suspended', 'deleted', 'expired', 'disabled']);",
    harm: 'spending disables all plans for a time: DELETE is refused until the deadline',
  },
  {
    name: 'an Azure plan suspended over a reservation',
    file: 'src/teardown/release/decide.ts',
    find: 'return afterReservations && reservationsStand && due.length === 1 ? [[], ...due] : due;',
    replace:
      'return afterReservations && reservationsStand && due.length < 1 ? [[], ...due] : due;',
    harm: 'the service refuses it (900115), again and again',
  },
  {
    name: 'an accepted Azure cancellation repeated at every check',
    file: 'src/teardown/model/accepted-calls.ts',
    find: 'if (at === undefined) return true;',
    replace: "if (at === undefined || call.kind === 'cancel-azure-entitlement') return true;",
    harm: 'ten minutes of calls for nothing, which the service may refuse',
  },
  {
    name: 'suspended new commerce counted as released',
    file: 'src/teardown/release/products/new-commerce.ts',
    find: 'isReleased: isOver(subscription),',
    replace: "isReleased: isOver(subscription) || subscription.status === 'suspended',",
    harm: 'it is still billed, and DELETE is refused until the deadline',
  },
  {
    name: 'a trial ended as any other new commerce',
    file: 'src/teardown/release/products/trial.ts',
    find: "steps: [],\n        unreleasable: 'trial',",
    replace: "steps: [[{ kind: 'end-subscription', subscription, status: 'deleted' }]],",
    harm: 'everything else is cancelled, and then the trial is refused',
  },
  {
    name: 'an unknown product judged at once',
    file: 'src/teardown/release/decide.ts',
    find: 'const judged = unjudged.filter(settled);',
    replace: 'const judged = unjudged;',
    harm: 'what a list shows only later is taken for a product that nobody knows',
  },
  {
    name: 'sixty days taken to bind subscriptions',
    file: 'src/teardown/release/products/subscription-path.ts',
    find: 'if (refundableUntilMs === undefined || windowMs === 0) return refundableUntilMs;',
    replace:
      'if (refundableUntilMs === undefined) return createdMs === undefined ? undefined : createdMs + 60 * 86_400_000;\n  if (windowMs === 0) return refundableUntilMs;',
    harm: 'customers that could be deleted are parked for their age',
  },
  {
    name: 'the riskiest call made last',
    file: 'src/teardown/release/riskiest-first.ts',
    find: 'rank(a) - rank(b)',
    replace: 'rank(b) - rank(a)',
    harm: 'purchases are cancelled for a customer that an answer then calls impossible',
  },
];

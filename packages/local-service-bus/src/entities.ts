import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { BrokerError } from './core/broker-error.ts';
import { durationMs } from './core/duration.ts';
import { ruleFilter } from './rule-filter.ts';

/** "For ever" as ARM writes it, and its default. */
export const FOREVER = 'P10675199DT2H48M5.4775807S';

const MAX_ENTITIES = 1_000;
const MAX_NAME_LENGTH = 260;
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

const name = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9$]([\w./-]*[\w$])?$/i,
    'is no entity name: letters, digits, ".", "-", "_" and "/" only',
  ),
  v.maxLength(MAX_NAME_LENGTH),
);

function isDurationWithin(text: string, minMs: number, maxMs: number): boolean {
  try {
    const ms = durationMs(text);
    return ms >= minMs && ms <= maxMs;
  } catch {
    return false;
  }
}

function duration(minMs: number, maxMs: number, range: string) {
  return v.pipe(
    v.string(),
    v.check(
      (text) => isDurationWithin(text, minMs, maxMs),
      `must be an ISO 8601 duration ${range}, such as PT1M or P14D`,
    ),
  );
}

const timeToLive = v.optional(duration(SECOND_MS, Infinity, 'of at least one second'), FOREVER);

/** What Service Bus can do and this broker cannot is refused here, before anyone relies on it. */
const noSessions = v.optional(
  v.literal(false, 'must be false: the local broker has no sessions'),
  false,
);

const duplicateDetection = {
  requiresDuplicateDetection: v.optional(v.boolean(), false),
  duplicateDetectionHistoryTimeWindow: v.optional(
    duration(20 * SECOND_MS, 7 * DAY_MS, 'from 20 seconds to 7 days'),
    'PT10M',
  ),
};

const sizes = {
  maxSizeInMegabytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1024),
  maxMessageSizeInKilobytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 256),
};

const receiving = {
  lockDuration: v.optional(duration(1, 5 * 60 * SECOND_MS, 'of at most 5 minutes'), 'PT1M'),
  maxDeliveryCount: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000)),
    10,
  ),
  defaultMessageTimeToLive: timeToLive,
  deadLetteringOnMessageExpiration: v.optional(v.boolean(), false),
  requiresSession: noSessions,
};

const ruleProperties = v.pipe(
  v.strictObject({
    filterType: v.picklist(['CorrelationFilter', 'SqlFilter']),
    correlationFilter: v.optional(
      v.strictObject({
        contentType: v.optional(v.string()),
        correlationId: v.optional(v.string()),
        label: v.optional(v.string()),
        messageId: v.optional(v.string()),
        properties: v.optional(v.record(v.string(), v.string())),
        replyTo: v.optional(v.string()),
        replyToSessionId: v.optional(v.string()),
        sessionId: v.optional(v.string()),
        to: v.optional(v.string()),
      }),
    ),
    sqlFilter: v.optional(v.strictObject({ sqlExpression: v.string() })),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    try {
      ruleFilter(dataset.value);
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
      addIssue({ message: `cannot be used: ${error.message}` });
    }
  }),
);

const subscription = v.strictObject({
  name,
  properties: v.optional(v.strictObject(receiving), {}),
  rules: v.optional(
    v.pipe(v.array(v.strictObject({ name, properties: ruleProperties })), withDistinctNames()),
    [],
  ),
});

const queue = v.strictObject({
  name,
  properties: v.optional(v.strictObject({ ...receiving, ...duplicateDetection, ...sizes }), {}),
});

const topic = v.strictObject({
  name,
  properties: v.optional(
    v.strictObject({ defaultMessageTimeToLive: timeToLive, ...duplicateDetection, ...sizes }),
    {},
  ),
  subscriptions: v.optional(v.pipe(v.array(subscription), withDistinctNames()), []),
});

const entities = v.pipe(
  v.strictObject({
    queues: v.optional(v.pipe(v.array(queue), v.maxLength(MAX_ENTITIES)), []),
    topics: v.optional(v.pipe(v.array(topic), v.maxLength(MAX_ENTITIES)), []),
  }),
  v.check(
    ({ queues, topics }) => areDistinct([...queues, ...topics]),
    'has two queues or topics of the same name: names must differ by more than case',
  ),
);

function withDistinctNames<Item extends { name: string }>() {
  return v.check<Item[], string>(
    areDistinct,
    'has two entries of the same name: names must differ by more than case',
  );
}

function areDistinct(items: readonly { name: string }[]): boolean {
  return new Set(items.map((item) => item.name.toLowerCase())).size === items.length;
}

/** Queues, topics, subscriptions and rules, under their ARM property names, with Service Bus's defaults filled in. */
export type Entities = v.InferOutput<typeof entities>;

/**
 * Reads a declaration of entities (infra/service-bus.entities.json).
 * @throws an Error with one message per thing that is wrong, saying where: an unknown property is one of
 * them, so that no one relies on a setting this broker would ignore
 */
export function parseEntities(json: unknown): Entities {
  const result = v.safeParse(entities, json);
  if (result.success) return result.output;
  throw new Error(
    `The entities file is not usable. ${result.issues.map(describeIssue).join(' ')} Correct the file, or use a real namespace for what the local broker cannot do.`,
  );
}

export async function loadEntities(path: string): Promise<Entities> {
  return parseEntities(JSON.parse(await readFile(path, 'utf8')));
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue) ?? 'The file';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `${where} is not a property the local broker knows.`;
  }
  return `${where}: ${issue.message}.`;
}

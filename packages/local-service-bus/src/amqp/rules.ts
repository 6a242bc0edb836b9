import rhea, { type Typed } from 'rhea';
import * as v from 'valibot';
import { BrokerError } from '../core/broker-error.ts';
import {
  CORRELATION_FIELDS,
  correlationFilter,
  type Filter,
  type Rule,
  sqlFilter,
} from '../core/filter.ts';
import { correlationFields } from '../rule-filter.ts';
import { readBody } from './request.ts';

const { types } = rhea;

/** Descriptors of Service Bus's own AMQP types. */
const RULE_DESCRIPTION = 0x13700000004;
const EMPTY_ACTION = 0x13700000005;
const TRUE_FILTER = 0x1370000007;
const FALSE_FILTER = 0x1370000008;
const CORRELATION_FILTER = 0x1370000009;

const described = (code: number, fields: unknown[]): Typed =>
  types.described(types.wrap_ulong(code), types.wrap_list(fields));

/** A rule as `enumerate-rules` shows it. */
export function encodeRule({ name, filter }: Rule): Typed {
  const createdAt = types.wrap_timestamp(0);
  return described(RULE_DESCRIPTION, [
    encodeFilter(filter),
    described(EMPTY_ACTION, []),
    name,
    createdAt,
  ]);
}

function encodeFilter(filter: Filter): Typed {
  if (filter.kind === 'true') return described(TRUE_FILTER, []);
  if (filter.kind === 'false') return described(FALSE_FILTER, []);
  const fields = CORRELATION_FIELDS.map((field) => filter.fields[field]);
  return described(CORRELATION_FILTER, [...fields, types.wrap_map(filter.properties)]);
}

const text = v.nullish(v.string());

const ruleDescription = v.object({
  'sql-filter': v.optional(v.object({ expression: v.string() })),
  'correlation-filter': v.optional(
    v.object({
      'correlation-id': text,
      'message-id': text,
      to: text,
      'reply-to': text,
      label: text,
      'session-id': text,
      'reply-to-session-id': text,
      'content-type': text,
      properties: v.nullish(v.record(v.string(), v.unknown())),
    }),
  ),
  'sql-rule-action': v.nullish(v.object({ expression: v.nullish(v.string()) })),
});

/**
 * A rule as `add-rule` gives it.
 * @throws BrokerError for an SQL filter or an action, of which the broker knows none
 */
export function readRule(name: string, description: unknown): Rule {
  const rule = readBody(ruleDescription, description);
  if (rule['sql-rule-action']?.expression) {
    throw new BrokerError(
      'amqp:not-implemented',
      `The local broker knows no rule actions: leave the action of rule "${name}" out.`,
    );
  }
  if (rule['sql-filter']) return { name, filter: sqlFilter(rule['sql-filter'].expression) };
  const filter = rule['correlation-filter'] ?? {};
  const fields = correlationFields({
    correlationId: filter['correlation-id'],
    messageId: filter['message-id'],
    to: filter.to,
    replyTo: filter['reply-to'],
    subject: filter.label,
    sessionId: filter['session-id'],
    replyToSessionId: filter['reply-to-session-id'],
    contentType: filter['content-type'],
  });
  return { name, filter: correlationFilter(fields, filter.properties ?? {}) };
}

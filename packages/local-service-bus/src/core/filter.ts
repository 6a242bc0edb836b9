import { BrokerError } from './broker-error.ts';
import type { Properties, SendableMessage } from './message.ts';

/** What a subscription's rule lets through. Every given field must equal the message's. */
export type Filter =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | {
      readonly kind: 'correlation';
      readonly fields: CorrelationFields;
      readonly properties: Properties;
    };

export const CORRELATION_FIELDS = [
  'correlationId',
  'messageId',
  'to',
  'replyTo',
  'subject',
  'sessionId',
  'replyToSessionId',
  'contentType',
] as const;

export type CorrelationFields = Readonly<
  Partial<Record<(typeof CORRELATION_FIELDS)[number], string>>
>;

export interface Rule {
  readonly name: string;
  readonly filter: Filter;
}

/** Service Bus gives a subscription without rules one of this name that lets everything through. */
export const DEFAULT_RULE: Rule = { name: '$Default', filter: { kind: 'true' } };

export function matches(filter: Filter, message: SendableMessage): boolean {
  switch (filter.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'correlation':
      return (
        CORRELATION_FIELDS.every(
          (field) => filter.fields[field] === undefined || filter.fields[field] === message[field],
        ) &&
        Object.entries(filter.properties).every(([key, value]) =>
          isSame(message.applicationProperties?.[key], value),
        )
      );
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return a === b;
}

/**
 * A correlation filter with at least one condition.
 * @throws BrokerError when it has none: Service Bus refuses that too
 */
export function correlationFilter(fields: CorrelationFields, properties: Properties): Filter {
  if (Object.keys(fields).length + Object.keys(properties).length === 0) {
    throw new BrokerError(
      'com.microsoft:argument-error',
      'A correlation filter needs at least one condition; for everything use the SQL filter 1=1.',
    );
  }
  return { kind: 'correlation', fields, properties };
}

/**
 * SQL filters come down to the two that stand for the true and the false filter.
 * @throws BrokerError for any other expression
 */
export function sqlFilter(expression: string): Filter {
  const compact = expression.replaceAll(/\s/g, '');
  if (compact === '1=1') return { kind: 'true' };
  if (compact === '1=0') return { kind: 'false' };
  throw new BrokerError(
    'amqp:not-implemented',
    `The local broker knows no SQL filters but 1=1 and 1=0, and was given "${expression}": use a correlation filter.`,
  );
}

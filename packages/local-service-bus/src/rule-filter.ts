import { BrokerError } from './core/broker-error.ts';
import {
  CORRELATION_FIELDS,
  type CorrelationFields,
  correlationFilter,
  type Filter,
  sqlFilter,
} from './core/filter.ts';

/** A rule as ARM declares it. */
interface RuleProperties {
  readonly filterType: 'CorrelationFilter' | 'SqlFilter';
  readonly correlationFilter?:
    | (Readonly<Record<string, unknown>> & {
        readonly properties?: Readonly<Record<string, string>> | undefined;
      })
    | undefined;
  readonly sqlFilter?: { readonly sqlExpression: string } | undefined;
}

/**
 * What a declared rule lets through. ARM and AMQP call the subject `label`.
 * @throws BrokerError when the broker has no such filter
 */
export function ruleFilter(rule: RuleProperties): Filter {
  if (rule.filterType === 'SqlFilter' && rule.sqlFilter !== undefined) {
    return sqlFilter(rule.sqlFilter.sqlExpression);
  }
  if (rule.filterType === 'CorrelationFilter' && rule.correlationFilter !== undefined) {
    const { properties = {}, label, ...others } = rule.correlationFilter;
    return correlationFilter(correlationFields({ ...others, subject: label }), properties);
  }
  throw new BrokerError(
    'com.microsoft:argument-error',
    `A rule of filterType ${rule.filterType} needs ${rule.filterType === 'SqlFilter' ? 'sqlFilter' : 'correlationFilter'}.`,
  );
}

/** The text fields of a correlation filter. */
export function correlationFields(values: Readonly<Record<string, unknown>>): CorrelationFields {
  return Object.fromEntries(
    CORRELATION_FIELDS.map((field) => [field, values[field]]).filter(
      ([, value]) => typeof value === 'string',
    ),
  );
}

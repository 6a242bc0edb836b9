import { errorMessage } from '@sandbox-teardown/shared/error-message';
import { JournalError } from '@sandbox-teardown/shared/journal';
import rhea, { type Typed } from 'rhea';
import { BrokerError } from '../core/broker-error.ts';

const ACCEPTED_CODE = 0x24;
const REJECTED_CODE = 0x25;

export interface AmqpError {
  readonly condition: string;
  readonly description: string;
}

const outcome = (code: number, fields: Typed[]): Typed =>
  rhea.types.described(rhea.types.wrap_ulong(code), rhea.types.wrap_list(fields));

export const accepted = (): Typed => outcome(ACCEPTED_CODE, []);

export const rejected = (error: AmqpError): Typed =>
  outcome(REJECTED_CODE, [rhea.types.wrap_error(error)]);

/** The error for a client. Any but a BrokerError or a JournalError is a bug in the broker, and says so. */
export function amqpError(error: unknown): AmqpError {
  if (error instanceof BrokerError) {
    return { condition: error.condition, description: error.message };
  }
  if (error instanceof JournalError) {
    return { condition: 'amqp:internal-error', description: error.message };
  }
  const cause = errorMessage(error);
  return {
    condition: 'amqp:internal-error',
    description: `The local broker failed, which is a bug in it: ${cause}`,
  };
}

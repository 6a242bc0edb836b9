import rhea from 'rhea';
import { BrokerError } from '../core/broker-error.ts';
import type { Outcome, Properties } from '../core/message.ts';

const REASON = 'DeadLetterReason';
const DESCRIPTION = 'DeadLetterErrorDescription';

interface DeliveryState {
  readonly error?: { readonly description?: string; readonly info?: Properties };
  readonly undeliverable_here?: boolean;
  readonly message_annotations?: Properties;
}

/** The AMQP outcome a receiver gave a delivery, in the broker's words. */
export function outcomeOf(state: DeliveryState | undefined): Outcome {
  if (state === undefined) throw noOutcome();
  // rhea's predicates want the outcome's descriptor, which an unwrapped outcome has on its constructor.
  const described = { descriptor: { value: codeOf(state) } };
  if (rhea.message.is_accepted(described)) return { kind: 'complete' };
  if (rhea.message.is_released(described)) return { kind: 'release' };
  if (rhea.message.is_rejected(described)) return deadLetter(state.error);
  if (!rhea.message.is_modified(described)) throw noOutcome();
  const properties = state.message_annotations ?? {};
  return { kind: state.undeliverable_here ? 'defer' : 'abandon', properties };
}

function deadLetter(error: DeliveryState['error']): Outcome {
  const { [REASON]: reason, [DESCRIPTION]: description, ...properties } = error?.info ?? {};
  const explanation = description ?? error?.description;
  return {
    kind: 'dead-letter',
    properties,
    ...(typeof reason === 'string' && { reason }),
    ...(typeof explanation === 'string' && { description: explanation }),
  };
}

function codeOf(state: object): unknown {
  const { descriptor } = state.constructor as { descriptor?: { numeric?: unknown } };
  return descriptor?.numeric;
}

const noOutcome = (): BrokerError =>
  new BrokerError(
    'amqp:not-implemented',
    'The local broker knows the outcomes accepted, rejected, released and modified, and was given another (transactions are not supported).',
  );

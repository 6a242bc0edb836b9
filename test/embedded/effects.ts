import { BrokerError } from '../../local/service-bus/core/broker-error.ts';
import type { EmbeddedStack } from '../../local/stack/embedded-stack.ts';

/** Something that the host did to the world outside, as the one it was done to saw it. */
export interface Effect {
  readonly kind: 'write' | 'send' | 'settle';
  /** `PATCH orders`, `send teardown-checks`, `complete teardown-requests`. */
  readonly name: string;
}

/** Told of each side of each effect, by its number from 0; true: the host is dead, and never hears of it. */
export type Interrupt = (effect: Effect, number: number, side: 'before' | 'after') => boolean;

const HOSTS_OWN = new Set(['teardown-checks', 'teardown-outcomes']);

/**
 * Stands at the doors of the sandbox and the broker: an effect interrupted *before* reached the door and is not
 * applied, one interrupted *after* is applied and its answer is lost.
 */
export function watchEffects({ sandbox, broker }: EmbeddedStack, interrupt: Interrupt): Effect[] {
  const seen: Effect[] = [];
  const pass = <T>(effect: Effect, apply: () => T, lost: () => T): T => {
    const number = seen.push(effect) - 1;
    if (interrupt(effect, number, 'before')) return lost();
    const result = apply();
    interrupt(effect, number, 'after');
    return result;
  };
  const refuse = (): never => {
    throw new BrokerError('amqp:internal-error', 'Nobody is there any more to hear this.');
  };

  const core = sandbox.sandbox;
  const handle = core.handle.bind(core);
  core.handle = (request) => {
    if (request.method === 'GET') return handle(request);
    const name = `${request.method} ${request.path.replace(/\/[0-9a-f-]{36}|\/v1\/customers|\/[\w-]{33}$/gi, '') || 'customer'}`;
    const dropped = { status: 503, headers: {}, body: undefined, delayMs: 0, dropped: true };
    return pass(
      { kind: 'write', name },
      () => handle(request),
      () => dropped,
    );
  };

  const { namespace } = broker;
  const send = namespace.send.bind(namespace);
  namespace.send = (path, messages) =>
    HOSTS_OWN.has(path)
      ? pass({ kind: 'send', name: `send ${path}` }, () => send(path, messages), refuse)
      : send(path, messages);
  const settle = namespace.settle.bind(namespace);
  namespace.settle = (path, lockToken, outcome) =>
    pass(
      { kind: 'settle', name: `${outcome.kind} ${path}` },
      () => settle(path, lockToken, outcome),
      refuse,
    );
  return seen;
}

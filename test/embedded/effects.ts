import { BrokerError, type Namespace } from 'local-service-bus/core';
import {
  findRoute,
  type Sandbox,
  type SandboxAnswer,
  type SandboxRequest,
} from 'partner-center-sandbox/core';
import type { EmbeddedStack } from '../../dev/stack/embedded-stack.ts';
import { shortId } from './until-ended.ts';

/** Something that the host did to the world outside, as the one it was done to saw it. */
export interface Effect {
  readonly kind: 'write' | 'send' | 'take' | 'settle';
  /** `patch-order (reservation)`, `send teardown:check:1`, `take noise`, `complete teardown`. */
  readonly name: string;
}

export type Side = 'before' | 'after';

/** Told of each side of each effect, by its number from 0; true: the host is dead, and never hears of it. */
export type Interrupt = (effect: Effect, number: number, side: Side) => boolean;

type Pass = <T>(effect: Effect, apply: () => T, lost: () => T) => T;

const HOSTS_OWN = new Set(['teardown-checks', 'teardown-outcomes']);
/** Requests come from outside, but for those of a sweep. */
const SWEEPS_OWN = /^sweep-/;
const DEAD_LETTERS = /\/\$DeadLetterQueue$/i;

/**
 * Stands at the doors of the sandbox and the broker: an effect interrupted *before* reached the door and is not
 * applied, one interrupted *after* is applied and its answer is lost.
 */
export function watchEffects(
  { sandbox, broker }: EmbeddedStack,
  interrupt: Interrupt,
): readonly Effect[] {
  const seen: Effect[] = [];
  const pass: Pass = (effect, apply, lost) => {
    const number = seen.push(effect) - 1;
    if (interrupt(effect, number, 'before')) return lost();
    const result = apply();
    return interrupt(effect, number, 'after') ? lost() : result;
  };
  watchWrites(sandbox.sandbox, pass);
  watchMessages(broker.namespace, pass);
  return seen;
}

function watchWrites(core: Sandbox, pass: Pass): void {
  const handle = core.handle.bind(core);
  const dropped: SandboxAnswer = {
    status: 503,
    headers: {},
    body: undefined,
    delayMs: 0,
    dropped: true,
  };
  core.handle = (request) => {
    if (request.method === 'GET') return handle(request);
    const effect = { kind: 'write', name: writeName(core, request) } as const;
    return pass(
      effect,
      () => handle(request),
      () => dropped,
    );
  };
}

function writeName(core: Sandbox, { method, path }: SandboxRequest): string {
  const route = findRoute(method, path);
  if (typeof route !== 'object') return `${method} ${path}`;
  const bought = core.state().customers.flatMap((each) => [...each.orders, ...each.subscriptions]);
  const { kind } = bought.find(({ id }) => path.includes(id)) ?? {};
  return kind === undefined ? route.operation : `${route.operation} (${kind})`;
}

function watchMessages(namespace: Namespace, pass: Pass): void {
  const idByToken = new Map<string, string>();
  const send = namespace.send.bind(namespace);
  const receive = namespace.receive.bind(namespace);
  const settle = namespace.settle.bind(namespace);
  const refuse = (): never => {
    throw new BrokerError('amqp:internal-error', 'No one is there any more to hear this.');
  };
  namespace.send = (path, messages) => {
    const ids = messages.map(({ messageId = '' }) => messageId);
    if (!HOSTS_OWN.has(path) && !ids.every((id) => SWEEPS_OWN.test(id))) {
      return send(path, messages);
    }
    const name = `send ${ids.map(shortId).join(', ')}`;
    return pass({ kind: 'send', name }, () => send(path, messages), refuse);
  };
  const take: typeof receive = (path, maxCount) => {
    const messages = receive(path, maxCount);
    for (const { lockToken, content } of messages) {
      idByToken.set(lockToken, content.messageId ?? '');
    }
    return messages;
  };
  namespace.receive = (path, maxCount) => {
    // What a trigger takes, it takes by itself; a timer decides to take dead letters.
    const next = DEAD_LETTERS.test(path) ? nextOf(namespace, path, idByToken) : undefined;
    if (next === undefined) return take(path, maxCount);
    return pass({ kind: 'take', name: `take ${next}` }, () => take(path, maxCount), refuse);
  };
  namespace.settle = (path, lockToken, outcome) => {
    const name = `${outcome.kind} ${idByToken.get(lockToken) ?? path}`;
    pass({ kind: 'settle', name }, () => settle(path, lockToken, outcome), refuse);
  };
}

/** The id of the first message that no one has taken yet. */
function nextOf(
  namespace: Namespace,
  path: string,
  taken: ReadonlyMap<string, string>,
): string | undefined {
  const ids = new Set(taken.values());
  const next = namespace
    .peek(path, 0, 100)
    .find(({ content }) => !ids.has(content.messageId ?? ''));
  return next?.content.messageId;
}

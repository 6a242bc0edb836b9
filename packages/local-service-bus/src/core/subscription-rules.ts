import { BrokerError } from './broker-error.ts';
import { matches, type Rule } from './filter.ts';
import type { SendableMessage } from './message.ts';
import type { RulesRecord } from './record.ts';

/** More than anyone needs, and few enough to try one after the other. */
const MAX_RULES = 2_000;

/** A subscription's rules. A message passes when at least one lets it through, and then once. */
export class SubscriptionRules {
  readonly #path: string;
  readonly #rules = new Map<string, Rule>();

  constructor(path: string, rules: readonly Rule[]) {
    this.#path = path;
    for (const rule of rules) this.add(rule);
  }

  all(): Rule[] {
    return [...this.#rules.values()];
  }

  letThrough(message: SendableMessage): boolean {
    return this.all().some(({ filter }) => matches(filter, message));
  }

  *records(): Generator<RulesRecord> {
    yield { kind: 'rules', path: this.#path, rules: this.all() };
  }

  /** Only these rules count from now on. */
  restore({ rules }: RulesRecord): void {
    this.#rules.clear();
    for (const rule of rules) this.add(rule);
  }

  /** @throws BrokerError when the name is taken, or there are too many */
  add(rule: Rule): void {
    const key = rule.name.toLowerCase();
    if (this.#rules.has(key)) {
      throw new BrokerError(
        'com.microsoft:entity-already-exists',
        `The subscription ${this.#path} has a rule "${rule.name}" already: remove it first, or take another name.`,
      );
    }
    if (this.#rules.size >= MAX_RULES) {
      throw new BrokerError(
        'amqp:resource-limit-exceeded',
        `The subscription ${this.#path} has ${MAX_RULES} rules, the most there can be.`,
      );
    }
    this.#rules.set(key, rule);
  }

  /** @throws BrokerError when there is none of that name */
  remove(name: string): void {
    if (this.#rules.delete(name.toLowerCase())) return;
    throw new BrokerError(
      'amqp:not-found',
      `The subscription ${this.#path} has no rule "${name}"; its rules are: ${this.all()
        .map((rule) => rule.name)
        .join(', ')}.`,
    );
  }
}

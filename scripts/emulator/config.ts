import { durationMs } from 'local-service-bus/core';
import type { Entities } from 'local-service-bus/entities';

/**
 * The maxima of Microsoft's emulator. Sources: "Overview of the Azure Service Bus emulator", quotas, and
 * the schema of its Config.json.
 */
const MAX = {
  DefaultMessageTimeToLive: 'PT1H',
  DuplicateDetectionHistoryTimeWindow: 'PT5M',
  LockDuration: 'PT5M',
} as const;
const MAX_DELIVERIES = 10;
const MAX_ENTITIES = 50;
const WINDOW = 'duplicateDetectionHistoryTimeWindow';

/** The configuration, with a message for every difference from Service Bus. */
export interface EmulatorConfig {
  readonly config: object;
  readonly differences: readonly string[];
}

type Properties = Readonly<Record<string, unknown>>;

/** Makes the emulator's Config.json from infra/service-bus.entities.json. */
export function emulatorConfig({ queues, topics }: Entities): EmulatorConfig {
  if (queues.length + topics.length > MAX_ENTITIES) {
    throw new Error(`The emulator has no more than ${MAX_ENTITIES} queues and topics.`);
  }
  const differences: string[] = [];
  const within = (path: string, properties: Properties) =>
    propertiesWithin(path, properties, differences);
  const config = {
    UserConfig: {
      Namespaces: [
        {
          // The emulator knows no other name.
          Name: 'sbemulatorns',
          Queues: queues.map(({ name, properties }) => ({
            Name: name,
            Properties: within(name, properties),
          })),
          Topics: topics.map((topic) => ({
            Name: topic.name,
            Properties: within(topic.name, topic.properties),
            Subscriptions: topic.subscriptions.map(({ name, properties, rules }) => ({
              Name: name,
              Properties: within(`${topic.name}/${name}`, properties),
              ...(rules.length > 0 && {
                Rules: rules.map((rule) => ruleOf(`${topic.name}/${name}`, rule, differences)),
              }),
            })),
          })),
        },
      ],
      Logging: { Type: 'Console' },
    },
  };
  return { config, differences };
}

/** The properties that the emulator knows, within its limits. */
function propertiesWithin(path: string, properties: Properties, differences: string[]): Properties {
  const entries = Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
    if (name.startsWith('max') && name !== 'maxDeliveryCount') return [];
    if (name === WINDOW && properties['requiresDuplicateDetection'] !== true) return [];
    const upper = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const limited = limit(upper, value);
    if (limited !== value) differences.push(`${path}: ${name} is ${limited}, not ${value}.`);
    return [[upper, limited]];
  });
  return Object.fromEntries(entries);
}

function limit(name: string, value: unknown): unknown {
  if (name === 'MaxDeliveryCount') return Math.min(Number(value), MAX_DELIVERIES);
  const max = name in MAX ? MAX[name as keyof typeof MAX] : undefined;
  return max !== undefined && durationMs(String(value)) > durationMs(max) ? max : value;
}

type Rule = Entities['topics'][number]['subscriptions'][number]['rules'][number];

/** The emulator takes no "$" in a name, and adds no default rule where one is given. */
function ruleOf(path: string, { name, properties }: Rule, differences: string[]): object {
  const plain = name.replaceAll('$', '');
  if (plain !== name) differences.push(`${path}: the rule ${name} is called ${plain}.`);
  const { correlationFilter, sqlFilter } = properties;
  return {
    Name: plain,
    Properties: {
      FilterType: correlationFilter === undefined ? 'Sql' : 'Correlation',
      ...(correlationFilter !== undefined && { CorrelationFilter: capitalised(correlationFilter) }),
      ...(sqlFilter !== undefined && { SqlFilter: capitalised(sqlFilter) }),
    },
  };
}

function capitalised(properties: object): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { durationMs } from 'local-service-bus/core';
import { loadEntities, parseEntities } from 'local-service-bus/entities';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emulatorConfig } from '../../scripts/emulator/config.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');
const entities = await loadEntities(
  fileURLToPath(new URL('infra/service-bus.entities.json', root)),
);
const { config, differences } = emulatorConfig(entities);

/** Every object below, with all its properties. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const each of Object.values(value)) yield* objectsIn(each);
}

describe("the emulator's Config.json", () => {
  it('is made from service-bus.entities.json (npm run emulator-config)', async () => {
    expect(JSON.parse(await read('infra/emulator/Config.json'))).toEqual(config);
  });

  it('stays within the limits of the emulator', () => {
    const all = [...objectsIn(config)];
    const values = (name: string) =>
      all.map((each) => each[name]).filter((value) => value !== undefined);
    const maxOf = (name: string) =>
      Math.max(...values(name).map((value) => durationMs(String(value))));
    expect(maxOf('DefaultMessageTimeToLive')).toBeLessThanOrEqual(60 * 60_000);
    expect(maxOf('DuplicateDetectionHistoryTimeWindow')).toBeLessThanOrEqual(5 * 60_000);
    expect(maxOf('LockDuration')).toBeLessThanOrEqual(5 * 60_000);
    expect(Math.max(...values('MaxDeliveryCount').map(Number))).toBeLessThanOrEqual(10);
    // Of its schema: any name but "sbemulatorns" for the namespace is refused, and "$" in a name.
    for (const name of values('Name')) expect(name).toMatch(/^[A-Za-z0-9][\w\-./]*[A-Za-z0-9]$/);
    expect(config).toMatchObject({ UserConfig: { Namespaces: [{ Name: 'sbemulatorns' }] } });
    expect(values('FilterType')).toEqual(['Correlation', 'Correlation']);
  });

  it('has every queue, topic, subscription and rule', () => {
    const namespace = JSON.parse(JSON.stringify(config)).UserConfig.Namespaces[0];
    expect(namespace.Queues.map((queue: { Name: string }) => queue.Name)).toEqual(
      entities.queues.map(({ name }) => name),
    );
    const [topic] = namespace.Topics;
    expect(topic.Subscriptions).toMatchObject([
      {
        Name: 'attention',
        Rules: [
          { Properties: { CorrelationFilter: { Label: 'parked' } } },
          { Properties: { CorrelationFilter: { Label: 'rejected' } } },
        ],
      },
      { Name: 'audit' },
    ]);
    // With an empty list of rules nothing would come through.
    expect(topic.Subscriptions[1].Rules).toBeUndefined();
  });

  it('names the old and the new value of every limit that it narrows', async () => {
    expect(differences).toContain(
      'teardown-checks: duplicateDetectionHistoryTimeWindow is PT5M, not P7D.',
    );
    const documented = /<!-- npm run emulator-config -->\n```text\n([^`]*)```/.exec(
      await read('docs/emulator.md'),
    );
    expect(documented?.[1]?.trimEnd().split('\n')).toEqual(differences);
  });

  it('keeps values that are within the limits', () => {
    const narrow = parseEntities({
      queues: [
        { name: 'q1', properties: { defaultMessageTimeToLive: 'PT1H', maxDeliveryCount: 3 } },
      ],
    });
    expect(emulatorConfig(narrow).differences).toEqual([]);
  });

  it('rejects more entities than the emulator supports', () => {
    const many = { queues: Array.from({ length: 51 }, (_, index) => ({ name: `q${index}` })) };
    expect(() => emulatorConfig(parseEntities(many))).toThrow(/no more than 50/);
  });
});

interface Service {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

it('compose.yaml pins its images, listens on this machine only, and makes a person accept the licences', async () => {
  const { services } = parse(await read('compose.yaml')) as { services: Record<string, Service> };
  for (const { image, ports = [], environment } of Object.values(services)) {
    expect(image).toMatch(/:\d[\w.-]+$/);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(environment['ACCEPT_EULA']).toMatch(/^\$\{ACCEPT_EULA:\?/);
    expect(environment['MSSQL_SA_PASSWORD']).toMatch(/^\$\{MSSQL_SA_PASSWORD:\?/);
  }
  expect(services['emulator']?.volumes?.[0]).toContain('./infra/emulator/Config.json:');
});

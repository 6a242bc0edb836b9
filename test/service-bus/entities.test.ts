import { fileURLToPath } from 'node:url';
import { loadEntities } from 'local-service-bus/entities';
import { expect, it } from 'vitest';

const FILE = fileURLToPath(new URL('../../infra/service-bus.entities.json', import.meta.url));

it("the app's own entities are such as the embedded broker can have", async () => {
  const entities = await loadEntities(FILE);
  expect(entities.queues.map(({ name }) => name)).toEqual(['teardown-requests', 'teardown-checks']);
  expect(entities.topics.flatMap((topic) => topic.subscriptions.map(({ name }) => name))).toEqual([
    'attention',
    'audit',
  ]);
});

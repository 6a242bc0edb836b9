import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { deployments, ofType, type Resource, theOnly } from './snapshots.ts';

const folder = new URL('../../infra/queries/', import.meta.url);
const lines = await readFile(new URL('teardown-lines.kql', folder), 'utf8');

async function queriesIn(path: string): Promise<string[]> {
  const files = (await readdir(new URL(path, folder))).filter((file) => file.endsWith('.kql'));
  const texts = files
    .filter((file) => file !== 'teardown-lines.kql')
    .map(async (file) => `${lines}\n${await readFile(new URL(`${path}${file}`, folder), 'utf8')}`);
  return Promise.all(texts);
}

interface QueryAlert {
  readonly criteria: { readonly allOf: readonly { readonly query: string }[] };
  readonly actions: { readonly actionGroups: readonly string[] };
  readonly enabled: boolean;
  readonly description: string;
}

interface MetricAlert {
  readonly description: string;
  readonly actions: readonly { readonly actionGroupId: string }[];
}

const metricAlerts = (resources: readonly Resource[]) =>
  ofType(resources, 'Microsoft.Insights/metricAlerts').map(
    ({ properties }) => properties as unknown as MetricAlert,
  );

const operate = await readFile(new URL('../../docs/operate.md', import.meta.url), 'utf8');
const [, alertsPart = ''] = /^## Alerts$(.*?)^## /ms.exec(operate) ?? [];
const alertsExplained = [...alertsPart.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);

const queryAlerts = (resources: readonly Resource[]) =>
  ofType(resources, 'Microsoft.Insights/scheduledQueryRules').map(
    ({ properties }) => properties as unknown as QueryAlert,
  );

describe.each(deployments)('the deployment "$name"', ({ name, resources }) => {
  it('saves every query of infra/queries, each with the lines it stands on', async () => {
    const saved = ofType(resources, 'Microsoft.OperationalInsights/workspaces/savedSearches');
    const texts = saved.map(({ properties }) => properties?.['query']);
    expect(texts.toSorted()).toEqual((await queriesIn('./')).toSorted());
  });

  it('alerts by every query of infra/queries/alerts', async () => {
    const texts = queryAlerts(resources).flatMap(({ criteria }) =>
      criteria.allOf.map(({ query }) => query),
    );
    expect(texts.toSorted()).toEqual((await queriesIn('./alerts/')).toSorted());
  });

  it.each([
    ['dead letters that stay', 'DeadletteredMessages', ['*']],
    ['messages that nobody finishes', 'ActiveMessages', ['teardown-requests', 'teardown-checks']],
  ])('alerts of %s, by the metric of each queue', (_what, metricName, values) => {
    const dimensions = [{ name: 'EntityName', operator: 'Include', values }];
    const criterion = { metricName, dimensions, timeAggregation: 'Minimum', threshold: 0 };
    expect(metricAlerts(resources)).toContainEqual(
      expect.objectContaining({
        enabled: true,
        criteria: expect.objectContaining({ allOf: [expect.objectContaining(criterion)] }),
      }),
    );
  });

  it('tells the action group of every alert', () => {
    const { id } = theOnly(resources, 'Microsoft.Insights/actionGroups');
    for (const { actions } of metricAlerts(resources))
      expect(actions).toEqual([{ actionGroupId: id }]);
    for (const { actions } of queryAlerts(resources)) expect(actions.actionGroups).toEqual([id]);
  });

  it('says in every alert where to read what to do, and nothing else is written there', () => {
    const alerts = [...metricAlerts(resources), ...queryAlerts(resources)];
    const named = alerts.map(
      ({ description }) => /docs\/operate\.md, "(.+)"\.$/.exec(description)?.[1],
    );
    expect(new Set(named)).toEqual(new Set(alertsExplained));
  });

  it('expects a sweep only where there is one', () => {
    const [missed] = queryAlerts(resources).filter(({ description }) =>
      description.startsWith('No sweep'),
    );
    expect(missed?.enabled).toBe(name === 'everything');
  });

  it('shows the workbook of the repository', async () => {
    const text = await readFile(new URL('../../infra/workbook.json', import.meta.url), 'utf8');
    const { properties } = theOnly(resources, 'Microsoft.Insights/workbooks');
    expect(properties?.['serializedData']).toBe(text);
  });
});

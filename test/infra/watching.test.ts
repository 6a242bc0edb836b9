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

  it('alerts of dead letters that stay, by the metric of each queue', () => {
    expect(theOnly(resources, 'Microsoft.Insights/metricAlerts').properties).toMatchObject({
      enabled: true,
      criteria: {
        allOf: [
          {
            metricName: 'DeadletteredMessages',
            dimensions: [{ name: 'EntityName', values: ['*'] }],
            timeAggregation: 'Minimum',
            threshold: 0,
          },
        ],
      },
    });
  });

  it('tells the action group of every alert', () => {
    const { id } = theOnly(resources, 'Microsoft.Insights/actionGroups');
    const metric = theOnly(resources, 'Microsoft.Insights/metricAlerts').properties;
    expect(metric).toMatchObject({ actions: [{ actionGroupId: id }] });
    const alerts = queryAlerts(resources);
    for (const { actions } of alerts) expect(actions.actionGroups).toEqual([id]);
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

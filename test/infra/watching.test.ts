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

interface Criterion {
  readonly query: string;
  readonly operator: string;
  readonly threshold: number;
  readonly timeAggregation: string;
  readonly metricMeasureColumn?: string;
  readonly dimensions?: readonly unknown[];
  readonly failingPeriods: unknown;
}
interface QueryAlert {
  readonly displayName: string;
  readonly evaluationFrequency: string;
  readonly windowSize: string;
  readonly criteria: { readonly allOf: readonly Criterion[] };
  readonly actions: { readonly actionGroups: readonly string[] };
  readonly severity: number;
  readonly autoMitigate: boolean;
  readonly enabled: boolean;
  readonly description: string;
}

interface MetricAlert {
  readonly description: string;
  readonly severity: number;
  readonly autoMitigate: boolean;
  readonly actions: readonly { readonly actionGroupId: string }[];
}

const metricAlerts = (resources: readonly Resource[]) =>
  ofType(resources, 'Microsoft.Insights/metricAlerts').map(
    ({ properties }) => properties as unknown as MetricAlert,
  );

/** Megabytes of an instance. */
function memoryOf(resources: readonly Resource[]): number {
  const { functionAppConfig } = theOnly(resources, 'Microsoft.Web/sites').properties as unknown as {
    functionAppConfig: { scaleAndConcurrency: { instanceMemoryMB: number } };
  };
  return functionAppConfig.scaleAndConcurrency.instanceMemoryMB;
}

const HOURS: Readonly<Record<string, number>> = {
  PT15M: 0.25,
  PT30M: 0.5,
  PT1H: 1,
  PT6H: 6,
  P2D: 48,
};
const hours = (duration: string): number => HOURS[duration] ?? Number.NaN;

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
    const memory = `let memoryMB = ${memoryOf(resources)};`;
    const here = (text: string) => text.replace('let memoryMB = 512;', memory);
    expect(texts.toSorted()).toEqual((await queriesIn('./')).map(here).toSorted());
    expect(texts.filter((text) => String(text).includes(memory))).toHaveLength(2);
  });

  it('alerts by every query of infra/queries/alerts', async () => {
    const texts = queryAlerts(resources).flatMap(({ criteria }) =>
      criteria.allOf.map(({ query }) => query),
    );
    expect(texts.toSorted()).toEqual((await queriesIn('./alerts/')).toSorted());
  });

  it.each([
    // Longer than the ten minutes after which dead letters are brought to an outcome.
    ['dead letters that stay', 'DeadletteredMessages', 'PT30M', ['*']],
    [
      'messages that no one finishes',
      'ActiveMessages',
      'PT1H',
      ['teardown-requests', 'teardown-checks'],
    ],
  ])('alerts of %s, by the metric of each queue', (_what, metricName, windowSize, values) => {
    const dimensions = [{ name: 'EntityName', operator: 'Include', values }];
    const criterion = {
      metricNamespace: 'Microsoft.ServiceBus/namespaces',
      metricName,
      dimensions,
      timeAggregation: 'Minimum',
      operator: 'GreaterThan',
      threshold: 0,
    };
    expect(metricAlerts(resources)).toContainEqual(
      expect.objectContaining({
        enabled: true,
        windowSize,
        criteria: expect.objectContaining({ allOf: [expect.objectContaining(criterion)] }),
      }),
    );
  });

  it('alerts of every row of a query, and of failures only where one function has more than two', () => {
    for (const { displayName, criteria } of queryAlerts(resources)) {
      const { query: _query, ...criterion } = criteria.allOf[0] ?? {};
      const always = {
        operator: 'GreaterThan',
        failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
      };
      const each = (name: string) => [{ name, operator: 'Include', values: ['*'] }];
      const anyRow = { ...always, threshold: 0, timeAggregation: 'Count' };
      const special: Readonly<Record<string, object>> = {
        failures: {
          ...always,
          threshold: 2,
          timeAggregation: 'Total',
          metricMeasureColumn: 'Failures',
          dimensions: each('Function'),
        },
        'needs-a-person': { ...anyRow, dimensions: each('Reason') },
      };
      expect(criterion).toEqual(special[displayName] ?? anyRow);
    }
  });

  it('has every query read further back than its question, and than the time before', () => {
    for (const { evaluationFrequency, windowSize, criteria } of queryAlerts(resources)) {
      const window = hours(windowSize);
      expect(window).toBeGreaterThan(hours(evaluationFrequency));
      const asked = [...(criteria.allOf[0]?.query ?? '').matchAll(/ago\((\d+)h\)/g)];
      for (const [, count] of asked) expect(window).toBeGreaterThan(Number(count));
    }
  });

  it('alerts when the app does not run, by a timer that exists', async () => {
    const [alert] = queryAlerts(resources).filter((each) => each.displayName === 'not-running');
    const [, timer] = /Name == '(\w+)'/.exec(alert?.criteria.allOf[0]?.query ?? '') ?? [];
    const source = new URL('../../src/functions/park-dead-letters.ts', import.meta.url);
    expect(await readFile(source, 'utf8')).toContain(`app.timer('${timer}', {`);
    expect(alert?.enabled).toBe(true);
  });

  it('notifies a person by every alert, except for a sweep that is not expected', () => {
    const alerts = [...metricAlerts(resources), ...queryAlerts(resources)];
    for (const { severity, autoMitigate } of alerts) {
      expect(severity).toBeLessThanOrEqual(2);
      expect(autoMitigate).toBe(true);
    }
    const off = queryAlerts(resources).filter(({ enabled }) => !enabled);
    expect(off.map(({ displayName }) => displayName)).toEqual(
      name === 'everything' ? [] : ['sweep-missed'],
    );
  });

  it('sends mail to the configured address', () => {
    const { properties } = theOnly(resources, 'Microsoft.Insights/actionGroups');
    const { enabled, emailReceivers } = properties as unknown as {
      enabled: boolean;
      emailReceivers: readonly { readonly emailAddress: string }[];
    };
    expect(enabled).toBe(true);
    expect(emailReceivers.map(({ emailAddress }) => emailAddress)).toEqual(
      name === 'everything' ? ['somebody@contoso.com'] : [],
    );
  });

  it('ingests no more log a day than was chosen', () => {
    const { properties } = theOnly(resources, 'Microsoft.OperationalInsights/workspaces');
    const dailyQuotaGb = name === 'everything' ? 2 : 1;
    expect(properties).toMatchObject({ workspaceCapping: { dailyQuotaGb } });
  });

  it('tells the action group of every alert', () => {
    const { id } = theOnly(resources, 'Microsoft.Insights/actionGroups');
    for (const { actions } of metricAlerts(resources))
      expect(actions).toEqual([{ actionGroupId: id }]);
    for (const { actions } of queryAlerts(resources)) expect(actions.actionGroups).toEqual([id]);
  });

  it('has in every alert only a link to what to do', () => {
    const alerts = [...metricAlerts(resources), ...queryAlerts(resources)];
    const named = alerts.map(
      ({ description }) => /docs\/operate\.md, "(.+)"\.$/.exec(description)?.[1],
    );
    expect(new Set(named)).toEqual(new Set(alertsExplained));
  });

  it('expects a sweep only where there is one every night', () => {
    const [missed] = queryAlerts(resources).filter(({ description }) =>
      description.startsWith('No sweep'),
    );
    expect(missed?.enabled).toBe(name === 'everything');
  });

  it('shows the workbook of the repository', async () => {
    const text = await readFile(new URL('../../infra/workbook.json', import.meta.url), 'utf8');
    const { properties } = theOnly(resources, 'Microsoft.Insights/workbooks');
    const { id } = theOnly(resources, 'Microsoft.OperationalInsights/workspaces');
    expect(text).toContain('{{workspaceId}}');
    expect(properties?.['serializedData']).toBe(
      text
        .replaceAll('{{workspaceId}}', id)
        .replaceAll('let memoryMB = 512;', `let memoryMB = ${memoryOf(resources)};`),
    );
    expect(properties?.['sourceId']).toBe(id);
  });
});

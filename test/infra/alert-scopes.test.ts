import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { deployments, ofType, theOnly } from './snapshots.ts';

interface Alert {
  readonly displayName: string;
  readonly scopes: readonly string[];
  readonly windowSize: string;
  readonly targetResourceTypes?: readonly string[];
  readonly overrideQueryTimeRange?: string;
  readonly criteria: {
    readonly allOf: readonly {
      readonly metricNamespace: string;
      readonly failingPeriods: { readonly numberOfEvaluationPeriods: number };
    }[];
  };
}

const words: Readonly<Record<string, string>> = {
  PT30M: 'half hour',
  PT6H: 'six hours',
  P2D: 'two days',
};

describe.each(deployments)('in the deployment "$name"', ({ resources }) => {
  const alerts = (type: string) =>
    ofType(resources, `Microsoft.Insights/${type}`).map(
      ({ properties }) => properties as unknown as Alert,
    );

  it('each alert by a metric watches the resource that has the metric', () => {
    const { id } = theOnly(resources, 'Microsoft.ServiceBus/namespaces');
    const byMetric = alerts('metricAlerts');
    expect(byMetric).toHaveLength(2);
    for (const { scopes, criteria } of byMetric) {
      expect(scopes).toEqual([id]);
      expect(criteria.allOf.map(({ metricNamespace }) => metricNamespace)).toEqual([typeIn(id)]);
    }
  });

  it('each alert by a query asks the workspace that has the tables', () => {
    const { id } = theOnly(resources, 'Microsoft.OperationalInsights/workspaces');
    const byQuery = alerts('scheduledQueryRules');
    expect(byQuery).toHaveLength(6);
    for (const { scopes, targetResourceTypes } of byQuery) {
      expect(scopes).toEqual([id]);
      expect(targetResourceTypes).toBeUndefined();
    }
    // The same workspace that the telemetry is written to.
    expect(theOnly(resources, 'Microsoft.Insights/components').properties).toMatchObject({
      WorkspaceResourceId: id,
    });
  });

  it('each query is run over as long as it says', async () => {
    for (const alert of alerts('scheduledQueryRules')) {
      const { displayName, windowSize, overrideQueryTimeRange, criteria } = alert;
      const path = `../../infra/queries/alerts/${displayName}.kql`;
      const query = await readFile(new URL(path, import.meta.url), 'utf8');
      const comment = query.replaceAll(/\n?^\/\/ ?/gm, ' ');
      expect(comment).toContain(`The rule runs it over the last ${words[windowSize]}`);
      // That is windowSize times the periods, unless something else is said.
      expect(overrideQueryTimeRange).toBeUndefined();
      expect(criteria.allOf[0]?.failingPeriods.numberOfEvaluationPeriods).toBe(1);
    }
  });
});

/** The type of a resource by its id: `…/providers/<provider>/<type>/<name>`. */
const typeIn = (id: string): string => id.split('/').slice(-3, -1).join('/');

import { readFile } from 'node:fs/promises';

const SNAPSHOT = new URL('../../infra/snapshots/default.snapshot.json', import.meta.url);

/** The resources of the Bicep with a charge of their own, read from its snapshot. */
export interface Deployment {
  readonly memoryMB: number;
  readonly logAlertRules: number;
  readonly metricAlertSeries: number;
}

interface Criterion {
  readonly dimensions?: readonly { readonly values: readonly string[] }[];
}

interface Resource {
  readonly type: string;
  readonly properties?: {
    readonly criteria?: { readonly allOf?: readonly Criterion[] };
    readonly functionAppConfig?: {
      readonly scaleAndConcurrency?: { readonly instanceMemoryMB?: number };
    };
  };
}

/** Every alert counts, even the one that is only enabled with a sweep. */
export async function readDeployment(): Promise<Deployment> {
  const { predictedResources } = JSON.parse(await readFile(SNAPSHOT, 'utf8')) as {
    predictedResources: readonly Resource[];
  };
  const ofType = (type: string) => predictedResources.filter((each) => each.type === type);
  const [site] = ofType('Microsoft.Web/sites');
  const memoryMB = site?.properties?.functionAppConfig?.scaleAndConcurrency?.instanceMemoryMB;
  if (memoryMB === undefined) throw new Error(`${SNAPSHOT.pathname} names no instance memory.`);
  const entities =
    ofType('Microsoft.ServiceBus/namespaces/queues').length +
    ofType('Microsoft.ServiceBus/namespaces/topics').length;
  return {
    memoryMB,
    logAlertRules: ofType('Microsoft.Insights/scheduledQueryRules').length,
    metricAlertSeries: ofType('Microsoft.Insights/metricAlerts')
      .flatMap(({ properties }) => properties?.criteria?.allOf ?? [])
      .reduce((sum, criterion) => sum + seriesOf(criterion, entities), 0),
  };
}

/** A metric alert watches each entity that it names by itself; `*` names all. */
function seriesOf({ dimensions }: Criterion, entities: number): number {
  const names = dimensions?.[0]?.values ?? [];
  return names.includes('*') ? entities : names.length;
}

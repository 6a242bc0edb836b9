import { readFile } from 'node:fs/promises';

const SNAPSHOT = new URL('../../infra/snapshots/default.snapshot.json', import.meta.url);

/** What the Bicep makes that is charged for by itself, read from its snapshot. */
export interface Deployment {
  readonly memoryMB: number;
  readonly logAlertRules: number;
  readonly metricAlertSeries: number;
}

interface Resource {
  readonly type: string;
  readonly properties?: {
    readonly functionAppConfig?: {
      readonly scaleAndConcurrency?: { readonly instanceMemoryMB?: number };
    };
  };
}

/** Every alert counts, also the one that is only switched on where there is a sweep. */
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
    // A metric alert watches each entity by itself.
    metricAlertSeries: ofType('Microsoft.Insights/metricAlerts').length * entities,
  };
}

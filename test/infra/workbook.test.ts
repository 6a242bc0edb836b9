import { describe, expect, it } from 'vitest';
import { workbookText } from '../../scripts/workbook.ts';
import { kusto } from './kusto.ts';
import { WORKSPACE_TABLES } from './workspace-tables.ts';

interface QueryItem {
  readonly type: 3;
  readonly name: string;
  readonly content: {
    readonly query: string;
    readonly title: string;
    readonly visualization: string;
    readonly timeContextFromParameter: string;
    readonly chartSettings?: {
      readonly xAxis: string;
      readonly yAxis: readonly string[];
      readonly group?: string;
    };
  };
}
interface ParameterItem {
  readonly type: 9;
  readonly content: { readonly parameters: readonly { readonly name: string }[] };
}
interface TextItem {
  readonly type: 1;
}
interface Workbook {
  readonly version: string;
  readonly items: readonly (QueryItem | ParameterItem | TextItem)[];
  readonly fallbackResourceIds: readonly string[];
}

const workbook = JSON.parse(await workbookText()) as Workbook;
const queries = workbook.items.filter((item) => item.type === 3);
const parameters = workbook.items.flatMap((item) =>
  item.type === 9 ? item.content.parameters.map(({ name }) => name) : [],
);
const analyse = kusto(WORKSPACE_TABLES);

describe('the workbook', () => {
  it('is a notebook on the workspace that the deployment names', () => {
    expect(workbook.version).toBe('Notebook/1.0');
    expect(workbook.fallbackResourceIds).toEqual(['{{workspaceId}}']);
  });

  it('shows what it is for, each part once', () => {
    const names = queries.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'customers-now',
        'teardowns-by-state',
        'checks-per-teardown',
        'throttling',
        'compute-per-day',
        'cost-per-day',
      ]),
    );
  });

  it.each(queries.map((item) => [item.name, item] as const))(
    'asks in %s what can be answered, and charts columns of the answer',
    (_name, { content }) => {
      const { objections, columns } = analyse(content.query);
      expect(objections).toEqual([]);
      expect(parameters).toContain(content.timeContextFromParameter);
      const { xAxis, yAxis = [], group } = content.chartSettings ?? {};
      const charted = [xAxis, ...yAxis, group].filter((column) => column !== undefined);
      expect(columns).toEqual(expect.arrayContaining(charted));
      expect(/chart$/.test(content.visualization) && charted.length === 0).toBe(
        content.visualization === 'piechart',
      );
    },
  );
});

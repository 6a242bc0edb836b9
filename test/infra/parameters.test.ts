import { beforeAll, expect, it } from 'vitest';
import type { Compiler } from '../../scripts/infra/compiler.ts';
import { cloudNames, clouds } from '../../src/partner-center/clouds.ts';
import { defaults } from './default-parameters.ts';
import { compile, modulesOf, type Parameter, type Template } from './template.ts';
import { LIMIT_MS, withCompiler } from './with-compiler.ts';

await withCompiler('the parameters', inTheTemplate);

function inTheTemplate(compiler: Compiler): void {
  let template: Template;
  beforeAll(async () => {
    template = await compile(compiler);
  }, LIMIT_MS);

  it('have these bounds, which Azure keeps to, whoever calls it', () => {
    const text = { type: 'string' };
    const tenant = { ...text, minLength: 36, maxLength: 36 };
    const texts = { type: 'array', items: text };
    expect(boundsIn(template)).toEqual({
      environmentName: { ...text, minLength: 1, maxLength: 64 },
      location: { ...text, minLength: 1 },
      operatorPrincipalId: text,
      teardownMode: { ...text, allowedValues: ['dry-run', 'enforce', 'off'] },
      sandboxTenantId: tenant,
      deniedTenantIds: texts,
      partnerCenterClientId: tenant,
      partnerCenterCloud: { ...text, allowedValues: ['china', 'global', 'us-government'] },
      partnerCenterSignIn: {
        ...text,
        allowedValues: ['app-and-user', 'client-certificate', 'federated-identity'],
      },
      protectedCustomers: { type: 'array', items: expect.anything() },
      sweepInclude: texts,
      sweepSchedule: { ...text, minLength: 11 },
      sweepMaxCustomers: { type: 'int', minValue: 0, maxValue: 75 },
      moreSettings: expect.objectContaining({ type: 'object', additionalProperties: false }),
      maximumInstanceCount: { type: 'int', minValue: 1, maxValue: 1000 },
      instanceMemoryMB: { type: 'int', allowedValues: [512, 2048] },
      alertEmail: text,
      logQuotaGb: { type: 'int', minValue: 1, maxValue: 100 },
    });
    const protections = Object.entries(template.definitions ?? {}).filter(([name]) =>
      name.endsWith('.protection'),
    );
    expect(protections).toMatchObject([[expect.anything(), { additionalProperties: false }]]);
  });

  it('name the clouds that the app knows, each with the audience that the app asks for', () => {
    const audiences = Object.entries(clouds).map(([name, { tokenExchangeAudience }]) => [
      name,
      expect.objectContaining({ tokenExchangeAudience }),
    ]);
    expect(template.variables?.['clouds']).toEqual(Object.fromEntries(audiences));
    const names = boundsIn(template)['partnerCenterCloud'];
    expect(names).toMatchObject({ allowedValues: cloudNames.toSorted() });
  });

  it('have the defaults that azd hands on', () => {
    const own = Object.entries(template.parameters).flatMap(([name, { defaultValue }]) =>
      defaultValue === undefined ? [] : [[name, defaultValue] as const],
    );
    const without = ['environmentName', 'location', 'sandboxTenantId', 'partnerCenterClientId'];
    expect(Object.fromEntries(own)).toEqual(
      Object.fromEntries(Object.entries(defaults).filter(([name]) => !without.includes(name))),
    );
  });

  it('have the same bounds in the module of the app', () => {
    const app = modulesOf(template).find(({ path }) => path === 'app/');
    expect(app && boundsIn(app.template)).toMatchObject({
      maximumInstanceCount: { type: 'int', minValue: 1, maxValue: 1000 },
      instanceMemoryMB: { type: 'int', allowedValues: [512, 2048] },
    });
  });

  it('are described, in every module', () => {
    for (const { path, template: each } of modulesOf(template)) {
      const silent = Object.entries(each.parameters).filter(
        ([, { metadata }]) => (metadata?.description ?? '').length < 5,
      );
      expect([path, silent.map(([name]) => name)]).toEqual([path, []]);
    }
  });
}

/** What each parameter may be: its own bounds, or those of its type. */
const boundsIn = ({ parameters, definitions = {} }: Template): Record<string, object> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const { $ref, defaultValue: _default, metadata: _metadata, ...own } = parameter;
      const type: Parameter = definitions[$ref?.split('/').at(-1) ?? ''] ?? {};
      const { metadata: _described, ...ofType } = type;
      return [name, { ...ofType, ...own }];
    }),
  );

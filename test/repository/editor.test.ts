import { describe, expect, it } from 'vitest';
import { BICEP_VERSION } from '../../scripts/infra/compiler.ts';
import { json, scripts, text } from './files.ts';

interface Task {
  readonly label: string;
  readonly type: string;
  readonly script: string;
}

const { tasks } = await json<{ tasks: readonly Task[] }>('.vscode/tasks.json');

describe('.vscode', () => {
  it.each(tasks)('the task "$label" is a script of package.json', ({ type, script }) => {
    expect(type).toBe('npm');
    expect(Object.keys(scripts)).toContain(script);
  });

  it('attaches after an existing task; how that works: test/dev/stack/debugger.test.ts', async () => {
    const { configurations } = await json<{
      configurations: readonly { request: string; preLaunchTask: string }[];
    }>('.vscode/launch.json');
    expect(configurations.length).toBeGreaterThan(0);
    for (const { request, preLaunchTask } of configurations) {
      expect(request).toBe('attach');
      expect(tasks.map(({ label }) => label)).toContain(preLaunchTask);
    }
  });

  it('recommends the extensions of the dev container', async () => {
    const { recommendations } = await json<{ recommendations: string[] }>(
      '.vscode/extensions.json',
    );
    const { customizations } = await json<{
      customizations: { vscode: { extensions: string[] } };
    }>('.devcontainer/devcontainer.json');
    expect(recommendations).toEqual(customizations.vscode.extensions);
  });
});

it('the dev container has the Node of the app, azd, and the compiler that made the snapshots', async () => {
  const { image, features, postCreateCommand } = await json<{
    image: string;
    features: Readonly<Record<string, object>>;
    postCreateCommand: string;
  }>('.devcontainer/devcontainer.json');
  const { devDependencies } = await json<{ devDependencies: Readonly<Record<string, string>> }>(
    'package.json',
  );
  expect(image).toContain(`:${devDependencies['node']?.split('.')[0]}-`);
  expect(Object.keys(features)).toContain('ghcr.io/azure/azure-dev/azd:latest');
  expect(features['ghcr.io/devcontainers/features/azure-cli:1']).toEqual({
    installBicep: true,
    bicepVersion: `v${BICEP_VERSION}`,
  });
  expect(postCreateCommand).toBe('npm ci');
});

it('.editorconfig says what biome.json says', async () => {
  const { formatter } = await json<{ formatter: Readonly<Record<string, unknown>> }>('biome.json');
  const written = await text('.editorconfig');
  const said = Object.fromEntries(
    [...written.matchAll(/^(\w+) = (\w.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(said).toMatchObject({
    indent_style: formatter['indentStyle'],
    indent_size: String(formatter['indentWidth']),
    max_line_length: String(formatter['lineWidth']),
    // Biome's own, where nothing is said.
    end_of_line: formatter['lineEnding'] ?? 'lf',
  });
  expect(await text('.gitattributes')).toMatch(/^\* text=auto eol=lf$/m);
});

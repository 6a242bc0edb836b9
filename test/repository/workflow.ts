import { files, yaml } from './files.ts';

type Permissions = Readonly<Record<string, string>>;

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly shell?: string;
}

export interface Job {
  readonly uses?: string;
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: string;
  readonly strategy?: {
    readonly matrix: {
      readonly os?: readonly string[];
      readonly node?: readonly number[];
      readonly include?: readonly { readonly check: string; readonly command: string }[];
    };
  };
  readonly env?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

/** What these tests read of a workflow. */
export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly concurrency?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowPaths = files('.github/workflows/*');

export const workflow = (name: string): Promise<Workflow> =>
  yaml<Workflow>(`.github/workflows/${name}.yml`);

/** What a job runs, in order. */
export const commandsOf = (job: Job | undefined): readonly string[] =>
  (job?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));

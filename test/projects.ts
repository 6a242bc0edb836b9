/** What a project's tests need of the machine, and when they are run. */
export interface TestProject {
  /** Those that begin with `quick/` are run by `npm test`, and those with `long/` by `npm run test:long`. */
  readonly name: `${'quick' | 'long'}/${string}`;
  readonly include: readonly string[];
  /** Other projects' tests in the same folders. */
  readonly without?: readonly string[];
  /** Its tests run what would be deployed: the bundle is built before the first of them. No other project builds it. */
  readonly needsBundle?: true;
  /** Its files share one import of the modules. None of them puts a module in another's place, or counts on being first. */
  readonly sharesModules?: true;
  /** One file after the other, and beside no other project: what they measure is not another test's work. */
  readonly isAlone?: true;
  /** Set for its tests, unless it is set already. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Whole teardowns by the app as it would be deployed, on the embedded stack. */
const JOB = [
  'test/embedded/**/*.test.ts',
  'test/logs/what-is-written.test.ts',
  'test/partner-center/auth/bundle.test.ts',
  'test/security/bundle.test.ts',
];

/** Kill hosts again and again, or start whole stacks in processes of their own. */
const HOSTS = [
  'test/embedded/broker-crash.test.ts',
  'test/embedded/host-killed.test.ts',
  'test/dev/scripts/start.test.ts',
  'test/dev/stack/debugger.test.ts',
  'test/dev/stack/other-service-bus.test.ts',
];

const SEEDS = 'test/simulation/invariants.test.ts';

/** Whole teardowns and nights on the simulated clock, many in each file. */
const PLAYS = [
  'test/bench/detection.test.ts',
  'test/bench/nights.test.ts',
  'test/bench/waits.test.ts',
  'test/docs/cost.test.ts',
  'test/partner-center/answers-through-the-teardown.test.ts',
  'test/partner-center/open-questions.test.ts',
  'test/simulation/every-order.test.ts',
  'test/simulation/some-seeds.test.ts',
];

/** Thousands of generated messages, answers and secrets. */
const HOSTILE = [
  'test/partner-center/hostile-answers.test.ts',
  'test/security/hostile-messages.test.ts',
  'test/security/hosts.test.ts',
  'test/security/known-secrets.test.ts',
  'test/security/secrets-in-the-wrong-place.test.ts',
  'test/security/secrets-through-the-app.test.ts',
];

/** Measure how time or memory grows. */
const GROWTH = [
  'packages/local-service-bus/test/hostile/attacks.test.ts',
  'packages/local-service-bus/test/peek.test.ts',
  'test/bench/processes.test.ts',
  'test/partner-center/largest-answer.test.ts',
  'test/partner-center/largest-world.test.ts',
  'test/security/linear-time.test.ts',
];

/** The broker, the functions host and the sandbox that stand for Azure, each by itself. */
const PACKAGES = ['packages/*/test/**/*.test.ts', 'test/packages/**/*.test.ts'];

/** What plays against them for long, or waits for a broker. */
const STACK = [
  'test/contract/**/*.test.ts',
  'test/dev/**/*.test.ts',
  'test/service-bus/unanswered.test.ts',
];
/** By the Bicep compiler, and Microsoft's language service for queries. */
const INFRA = ['test/infra/**/*.test.ts'];

const DECISIONS = ['test/teardown/**/*.test.ts'];

const ELSEWHERE = [
  ...DECISIONS,
  ...JOB,
  ...HOSTS,
  SEEDS,
  ...PLAYS,
  ...HOSTILE,
  ...GROWTH,
  ...STACK,
  ...PACKAGES,
  ...INFRA,
];

/** Every file of tests is in one project (test/repository/projects.test.ts); a new one is with the edges. */
export const projects: readonly TestProject[] = [
  { name: 'quick/decisions', include: DECISIONS, sharesModules: true },
  { name: 'quick/edges', include: ['test/**/*.test.ts'], without: ELSEWHERE },
  { name: 'quick/job', include: JOB, without: HOSTS, needsBundle: true },
  { name: 'quick/seeds', include: [SEEDS], settings: { SIMULATION_SEEDS: '300' } },
  { name: 'long/stack', include: STACK, without: [...HOSTS, ...GROWTH] },
  { name: 'long/packages', include: PACKAGES, without: GROWTH },
  { name: 'long/hosts', include: HOSTS, needsBundle: true },
  { name: 'long/hostile', include: HOSTILE },
  { name: 'long/infra', include: INFRA },
  { name: 'long/plays', include: PLAYS },
  { name: 'long/seeds', include: [SEEDS], isAlone: true },
  { name: 'long/growth', include: GROWTH, isAlone: true },
];

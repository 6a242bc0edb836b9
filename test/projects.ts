/** What a project's tests need of the machine, and when they are run. */
export interface TestProject {
  readonly name: string;
  /** By `npm test`; the others by `npm run test:long`. */
  readonly isQuick: boolean;
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
  'test/local/scripts/start.test.ts',
  'test/local/stack/debugger.test.ts',
  'test/local/stack/other-service-bus.test.ts',
];

const SEEDS = 'test/simulation/invariants.test.ts';
const ORDERS = 'test/simulation/every-order.test.ts';

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
  'test/local/service-bus/hostile/attacks.test.ts',
  'test/local/service-bus/peek.test.ts',
  'test/partner-center/largest-world.test.ts',
  'test/security/linear-time.test.ts',
];

const STACK = ['test/contract/**/*.test.ts', 'test/local/**/*.test.ts'];
const INFRA = ['test/infra/**/*.test.ts'];

const DECISIONS = ['test/teardown/**/*.test.ts'];

const ELSEWHERE = [
  ...DECISIONS,
  ...JOB,
  ...HOSTS,
  SEEDS,
  ORDERS,
  ...HOSTILE,
  ...GROWTH,
  ...STACK,
  ...INFRA,
];

/** Every file of tests is in one project (test/repository/projects.test.ts); a new one is with the edges. */
export const projects: readonly TestProject[] = [
  { name: 'decisions', isQuick: true, include: DECISIONS, sharesModules: true },
  { name: 'edges', isQuick: true, include: ['test/**/*.test.ts'], without: ELSEWHERE },
  { name: 'job', isQuick: true, include: JOB, without: HOSTS, needsBundle: true },
  { name: 'seeds', isQuick: true, include: [SEEDS], settings: { SIMULATION_SEEDS: '300' } },
  { name: 'stack', isQuick: false, include: STACK, without: [...HOSTS, ...GROWTH] },
  { name: 'hosts', isQuick: false, include: HOSTS, needsBundle: true },
  { name: 'hostile', isQuick: false, include: HOSTILE },
  { name: 'infra', isQuick: false, include: INFRA },
  { name: 'orders', isQuick: false, include: [ORDERS] },
  { name: 'all seeds', isQuick: false, include: [SEEDS], isAlone: true },
  { name: 'growth', isQuick: false, include: GROWTH, isAlone: true },
];

import { spawnFunctionsHost } from 'local-functions-host';
import { generateCustomers, type Sandbox } from 'partner-center-sandbox/core';
import { APP_DIRECTORY, type EmbeddedStack, startEmbeddedStack } from '../stack/embedded-stack.ts';
import { dropMessages } from './drop-messages.ts';
import { liveView } from './live-view.ts';
import { readOutcomes } from './outcome-reader.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { prepare, prepareGenerated, type Story } from './story.ts';
import { Tracker } from './tracker.ts';
import { type Leftovers, wrongs } from './verdict.ts';

export interface DemoOptions {
  /** How many generated customers; absent for the hand-written stories. */
  readonly customers?: number;
  readonly seed: number;
  readonly out: NodeJS.WriteStream;
}

/** The demo ends by itself: outcomes that take longer than this are missing ones. */
const MAX_RUN_MS = 60_000;

/** The checks come faster than by default, so that the demo takes no minutes. */
const DEMO_PACING = { CHECK_FIRST_DELAY: 'PT1S', CHECK_MAX_DELAY: 'PT2S' };

/** Many customers at once: the simulated throttle is widened, so that they end as soon. */
const WIDE_THROTTLE = 6_000;

/** Times that are minutes, hours or days in a real sandbox. */
const SHORT_TIMES = {
  cancelTakesMs: { lowest: 0, highest: 6_000 },
  azureCancelTakesMs: { lowest: 2_000, highest: 5_000 },
  renewalTakesMs: 2_000,
  migrationTakesMs: 2_000,
};

/** The deadline of teardowns that wait for a person, such as of a customer under review. */
const DEADLINE = 'PT24S';

/** Runs the demo; resolves to whether everything ended as it should. */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const stack = await startEmbeddedStack({ seed: options.seed });
  try {
    return await play(stack, options);
  } finally {
    await stack.close();
  }
}

async function play(stack: EmbeddedStack, options: DemoOptions): Promise<boolean> {
  const { out } = options;
  const core = stack.sandbox.sandbox;
  const stories = prepareStories(core, options);
  const view = liveView(() => tracker.progress, out);
  const tracker = new Tracker(stories, Date.now(), (progress) => view.changed(progress));
  const errors: string[] = [];
  const host = await spawnFunctionsHost({
    appDirectory: APP_DIRECTORY,
    environment: { ...stack.settings, ...DEMO_PACING, ...settingsFor(stories) },
    onEvent: (event) => tracker.onHostEvent(event),
    onOutput: (line, stream) => stream === 'stderr' && errors.push(line),
  });
  out.write(
    `The functions are loaded (${Math.round(host.loadMs)} ms); dropping messages for ${stories.length} customers.\n\n`,
  );
  const reader = await readOutcomes(stack.broker.connectionString, (teardownId, outcome) =>
    tracker.onOutcome(teardownId, outcome, Date.now()),
  );
  await dropMessages(stack.broker.connectionString, stories);
  await untilEnded(tracker);
  await reader.close();
  const { exitCode } = await host.stop();
  view.done();

  const { requests } = core.requests();
  out.write(`\n${report(tracker.progress, requests, out.isTTY)}\n\n`);
  const wrong = [
    ...wrongs(tracker.progress, core.state(), requests, leftovers(stack)),
    ...(exitCode === 0 ? [] : [`The functions host ended with exit code ${exitCode}.`]),
  ];
  for (const problem of wrong) out.write(`WRONG: ${problem}\n`);
  for (const line of wrong.length === 0 ? [] : errors) out.write(`host: ${line}\n`);
  if (wrong.length === 0) {
    out.write(`All ${stories.length} ended as they should, and the simulated sandbox agrees.\n`);
  }
  return wrong.length === 0;
}

function prepareStories(sandbox: Sandbox, { customers, seed }: DemoOptions): readonly Story[] {
  sandbox.changeSettings({ requestsPerMinute: WIDE_THROTTLE, ...SHORT_TIMES });
  if (customers === undefined) return scenarios.map((scenario) => prepare(scenario, sandbox));
  return generateCustomers(seed, customers).map((spec, index) =>
    prepareGenerated(spec, index, sandbox),
  );
}

function settingsFor(stories: readonly Story[]) {
  const protections = stories
    .filter(({ protectedBy }) => protectedBy !== undefined)
    .map(({ customerId, protectedBy }) => ({ customer: customerId, owner: protectedBy }));
  return {
    PROTECTED_CUSTOMERS: JSON.stringify(protections),
    PARTNER_CENTER_REQUESTS_PER_MINUTE: String(WIDE_THROTTLE),
    TEARDOWN_DEADLINE: DEADLINE,
  };
}

/** Resolves when every story has its outcome, or when the demo's time is over. */
async function untilEnded(tracker: Tracker): Promise<void> {
  const endMs = Date.now() + MAX_RUN_MS;
  while (!tracker.ended && Date.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Messages still on the queues (dead letters too): every teardown has ended, so there must be none. */
function leftovers({ broker }: EmbeddedStack): readonly Leftovers[] {
  return ['teardown-requests', 'teardown-checks'].map((entity) => {
    const { active, scheduled, deferred, deadLettered } = broker.namespace.counts(entity);
    return { entity, messages: active + scheduled + deferred + deadLettered };
  });
}

import type { Stage } from './stage.ts';

/** Of the runs of the sweep, by a person. */
const SHARE_BY_HAND = 0.1;

const OUTSIDE = -1;

/** What people and other systems do of their own accord: each happens once, at any time from now on. */
export function openDoors(stage: Stage): void {
  const { world, oracle } = stage;
  const { effects, scenario } = world;
  const whenever = (name: string, act: () => void): void => {
    void effects.pass({ instance: OUTSIDE, name }, act);
  };
  for (const plan of scenario.requests) {
    whenever(`request ${plan.messageId}`, () => {
      world.request(plan);
      oracle.asked(plan);
    });
  }
  const { fires = 0, protectedMeanwhile = [], emptiedMeanwhile } = scenario.sweep ?? {};
  for (let fired = 0; fired < fires; fired += 1) {
    whenever('sweep fires', () => {
      if (fired > 0) world.met.add('sweep fired again');
      stage.sweep(world.choices.chance(SHARE_BY_HAND) ? 'by hand' : 'due');
      if (fired > 0) return;
      if (emptiedMeanwhile) {
        whenever('empty the rules of the sweep', () => {
          world.sweepIsEmptied = true;
          world.met.add('rules emptied after the sweep');
        });
      }
      for (const place of protectedMeanwhile) {
        whenever(`protect customer ${place}`, () => {
          if (world.protectedCustomers.has(place)) return;
          world.protectedCustomers = new Set([...world.protectedCustomers, place]);
          world.met.add('protected after the sweep');
        });
      }
    });
  }
}

/** The instance died in it, so the host finds it past due. */
export function sweepIsPastDue({ world, sweep }: Stage): void {
  void world.effects.pass({ instance: OUTSIDE, name: 'sweep fires, past due' }, () =>
    sweep('past due'),
  );
}

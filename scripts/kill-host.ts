import { commandLine } from '@sandbox-teardown/shared/command-line';
import { Argument } from 'commander';
import { killEverywhere, summary } from '../test/embedded/kill-points.ts';
import { scenes } from '../test/embedded/scenes/scenes.ts';

// `npm run kill`: the functions host, killed before and after every effect of every scene. `npm run kill -- <scene>`: of
// that one. Exit code 1 if a scene ends incorrectly.

const [only] = commandLine(
  'npm run kill --',
  'Kills the functions host before and after every effect of every scene.',
)
  .addArgument(new Argument('[scene]', 'only this one').choices(Object.keys(scenes)))
  .parse().args;
const chosen = Object.entries(scenes).filter(([name]) => only === undefined || name === only);

for (const [name, makeScene] of chosen) {
  const startedMs = performance.now();
  const killed = await killEverywhere(makeScene, ({ number, side, effect, aftermath, wrongs }) => {
    const verdict = wrongs.join(' ') || aftermath.outcomes.toSorted().join(', ');
    const seconds = aftermath.seconds.toFixed(1).padStart(5);
    console.log(
      `${String(number + 1).padStart(3)} ${side.padEnd(6)} ${effect.name.padEnd(42)} ${seconds} s  ${verdict}`,
    );
  });
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  console.log(`${name}: ${summary(killed)} ${seconds} s.`);
  if (killed.some(({ wrongs }) => wrongs.length > 0)) process.exitCode = 1;
}

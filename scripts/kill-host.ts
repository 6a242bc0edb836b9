import { killEverywhere, summary } from '../test/embedded/kill-points.ts';

// `npm run kill`: the functions host, killed before and after every effect of a teardown. Exit code 1 if one of the
// teardowns did not end as it should.

// `--reviewed`: of a teardown that carries out a reviewed plan (`ifUnchanged`).

const reviewed = process.argv.includes('--reviewed');
const startedMs = performance.now();
const killed = await killEverywhere(reviewed, ({ number, side, effect, aftermath, wrongs }) => {
  const verdict = wrongs.join(' ') || `${aftermath.outcomes.join(', ')}, one outcome`;
  const seconds = aftermath.seconds.toFixed(1).padStart(5);
  console.log(
    `${String(number + 1).padStart(3)} ${side.padEnd(6)} ${effect.name.padEnd(38)} ${seconds} s  ${verdict}`,
  );
});
const seconds = Math.round((performance.now() - startedMs) / 1_000);
console.log(`${summary(killed)} ${seconds} s.`);
if (killed.some(({ wrongs }) => wrongs.length > 0)) process.exitCode = 1;

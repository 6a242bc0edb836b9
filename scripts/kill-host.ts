import { killAt, killPoints, wrongs } from '../test/embedded/kill-points.ts';

// `npm run kill`: the functions host, killed before and after every effect of a teardown. Exit code 1 if one of the
// teardowns did not end as it should.

const points = await killPoints();
console.log(`${points.length / 2} effects, ${points.length} points.`);
const killed = await killAt(points, (one) => {
  const { effect, side } = one.point;
  const verdict = wrongs(one).join(' ') || 'deleted, one outcome';
  const seconds = one.aftermath.seconds.toFixed(1).padStart(5);
  console.log(
    `${String(effect + 1).padStart(3)} ${side.padEnd(6)} ${one.effect.name.padEnd(40)} ${seconds} s  ${verdict}`,
  );
});
const wrong = killed.filter((one) => wrongs(one).length > 0);
const lost = killed.filter(({ aftermath }) => aftermath.outcomes.length === 0);
const second = killed.filter(({ aftermath }) => aftermath.outcomes.length > 1);
console.log(
  `${killed.length} points: ${lost.length} lost, ${wrong.length} wrong, ${second.length} second outcomes.`,
);
if (wrong.length > 0) process.exitCode = 1;

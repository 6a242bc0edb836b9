/** A line of a chart, with a point for each pair. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Axis {
  readonly name: string;
  readonly ticks: readonly number[];
  readonly isLogarithmic?: true;
  say?(value: number): string;
}

const WIDTH = 800;
const HEIGHT = 440;
const LEFT = 80;
const RIGHT = 280;
const TOP = 64;
const BOTTOM = 60;
/** By Okabe and Ito: told apart by everyone. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

/** A chart of lines as SVG. The ticks reach from the least value to the most. */
export function chart(title: string, x: Axis, y: Axis, series: readonly Series[]): string {
  const toX = scale(x, LEFT, WIDTH - RIGHT);
  const toY = scale(y, HEIGHT - BOTTOM, TOP);
  const right = WIDTH - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const say = (axis: Axis, value: number) => escaped(axis.say?.(value) ?? String(value));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(12, 24, escaped(title), 'font-size="15"'),
    ...x.ticks.flatMap((tick) => [
      line(toX(tick), TOP, toX(tick), bottom),
      text(toX(tick), bottom + 18, say(x, tick), 'text-anchor="middle"'),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(LEFT, toY(tick), right, toY(tick)),
      text(LEFT - 8, toY(tick) + 4, say(y, tick), 'text-anchor="end"'),
    ]),
    text((LEFT + right) / 2, HEIGHT - 14, escaped(x.name), 'text-anchor="middle"'),
    text(12, TOP - 14, escaped(y.name)),
    ...series.flatMap((each, place) => drawn(each, place, toX, toY)),
    '</svg>',
    '',
  ].join('\n');
}

function drawn(
  { name, points }: Series,
  place: number,
  toX: (value: number) => number,
  toY: (value: number) => number,
): readonly string[] {
  const colour = COLOURS[place % COLOURS.length] ?? '#000';
  const at = points.map(([x, y]) => [toX(x), toY(y)] as const);
  const path = at.map(([x, y]) => `${x},${y}`).join(' ');
  const keyY = TOP + 10 + place * 20;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...at.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`),
    `<rect x="${WIDTH - RIGHT + 12}" y="${keyY - 9}" width="10" height="10" fill="${colour}"/>`,
    text(WIDTH - RIGHT + 28, keyY, escaped(name)),
  ];
}

function scale({ ticks, isLogarithmic }: Axis, from: number, to: number) {
  const place = (value: number) => (isLogarithmic ? Math.log10(value) : value);
  const [first = 0, last = 1] = [Math.min(...ticks), Math.max(...ticks)].map(place);
  return (value: number) =>
    Math.round((from + ((place(value) - first) / (last - first)) * (to - from)) * 10) / 10;
}

const line = (x1: number, y1: number, x2: number, y2: number) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/>`;

const text = (x: number, y: number, words: string, more = '') =>
  `<text x="${x}" y="${y}"${more && ` ${more}`}>${words}</text>`;

const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

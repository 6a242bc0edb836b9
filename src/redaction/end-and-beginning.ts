/**
 * How many characters the end of a text has in common with the beginning of another: the most there are. Linear, by the
 * prefix function of Knuth, Morris and Pratt: trying each place takes seconds where both repeat themselves.
 */
export function endAndBeginning(text: string, other: string): number {
  const end = text.slice(Math.max(0, text.length - other.length));
  const beginning = other.slice(0, end.length);
  const fallBack = new Uint32Array(beginning.length);
  for (let index = 1; index < beginning.length; index += 1) {
    fallBack[index] = longer(
      beginning,
      fallBack,
      fallBack[index - 1] ?? 0,
      beginning.charAt(index),
    );
  }
  let shared = 0;
  for (const character of end.split('')) shared = longer(beginning, fallBack, shared, character);
  return shared;
}

/** How much of the beginning ends with this character, where so much of it ended before. */
function longer(
  beginning: string,
  fallBack: Uint32Array,
  before: number,
  character: string,
): number {
  let shared = before;
  while (shared > 0 && beginning.charAt(shared) !== character) shared = fallBack[shared - 1] ?? 0;
  return beginning.charAt(shared) === character ? shared + 1 : 0;
}

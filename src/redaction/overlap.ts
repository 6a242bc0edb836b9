/**
 * The length of the longest end of a text that is the beginning of another. Linear, by the prefix function of Knuth,
 * Morris and Pratt: trying each position takes seconds where both texts are repetitive.
 */
export function overlapOf(text: string, other: string): number {
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

/** The length of the match after this character, given the length before it. */
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

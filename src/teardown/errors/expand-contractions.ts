/**
 * Spells out contractions: the service's texts changed from "cannot" and "is not" to "can't" and "isn't", and its
 * articles have both.
 */
export function expandContractions(text: string): string {
  return text
    .replaceAll(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replaceAll(/\bcan(?:'t| not)\b/gi, 'cannot')
    .replaceAll(/\bwon't\b/gi, 'will not')
    .replaceAll(/n't\b/gi, ' not');
}

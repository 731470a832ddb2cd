const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a text as people count them: what combines belongs to what it is combined with. */
export const charactersOf = (text: string): string[] => Array.from(eachCharacter(text));

/** Them one by one, so that of a long text only what is looked at is taken apart. */
export function* eachCharacter(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}

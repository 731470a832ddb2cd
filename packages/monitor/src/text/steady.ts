import { oneLine } from '@piw/host/log-line';

/**
 * What terminals don't agree on: characters that format others without being seen (joiners, marks that turn the direction of writing,
 * soft hyphens), selectors between text and emoji, skin tones, keycaps. Some draw them, some make others wider by them.
 */
const unsteady = /[\p{Cf}\p{Cs}\ufe00-\ufe0f\u20e3]|\p{Emoji_Modifier}/gu;

/** A stranger's text on one line, in characters that every terminal gives the same width, and in the order in which they were written. */
export const steady = (text: string): string => oneLine(text).replace(unsteady, '');

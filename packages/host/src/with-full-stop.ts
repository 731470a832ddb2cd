/** Text that ends a sentence: with a full stop, unless it has one, or another end, of its own. */
export const withFullStop = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

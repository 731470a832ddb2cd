/** An order of the journal in words: `ADD_TARGET` is `add target`. */
export const orderWords = (order: string): string => order.toLowerCase().replaceAll('_', ' ');

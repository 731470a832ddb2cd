/** The longest name that a pause, a skip and the journal all hold. */
const longest = 100;

/** Who gave an order, from what their program says of them: printable, and never nobody. */
export const whoOf = (from: string): string => from.replace(/\p{C}/gu, '').trim().slice(0, longest) || 'somebody';

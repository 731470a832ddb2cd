/** Arrows, Home, End, Insert, Delete, PgUp and PgDn, with Shift, Alt or Ctrl or without, and Shift-Tab (terminfo's kcuu1, khome, kpp, …, of xterm, rxvt and the console). */
const keySequence = /^\x1b(?:[[O](?:1;\d+)?[A-DFH]|\[[1-8](?:;\d+)?~|\[Z)$/;

/** Whether a control sequence is one of the keys that people have a name for. */
export const isKey = (sequence: string): boolean => keySequence.test(sequence);

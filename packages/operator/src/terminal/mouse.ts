/** What a mouse did, at which column and row of the terminal, from 0. */
export interface Mouse {
  readonly kind: 'down' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
}

/** SGR mouse reports (xterm's control sequences, "Extended coordinates"): button; column; row, from 1; M is down. */
const report = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])$/;

/** What a control sequence of a terminal tells of the mouse; null where that is nothing that counts here. */
export function mouseOf(sequence: string): Mouse | null {
  const [, button, x, y, end] = report.exec(sequence) ?? [];
  const kind = end === undefined ? null : kindOf(Number(button), end);
  return kind === null ? null : { kind, x: Number(x) - 1, y: Number(y) - 1 };
}

/** Bit 6 is the wheel, bit 5 a move; of the buttons the first counts. */
function kindOf(button: number, end: string): Mouse['kind'] | null {
  if (button & 64) return button & 1 ? 'wheel-down' : 'wheel-up';
  return end === 'M' && !(button & 32) && (button & 3) === 0 ? 'down' : null;
}

/** Screen, once it is asked for the mouse, keeps an ESC for itself until the next key (4.9.0): there Esc is worth more. */
export const mayHaveMouse = (env: NodeJS.ProcessEnv): boolean => env['STY'] === undefined;

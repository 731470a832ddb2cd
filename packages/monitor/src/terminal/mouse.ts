/** What a mouse did, at which column and row of the terminal, from 0. */
export interface Mouse {
  readonly kind: 'down' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
}

/** SGR mouse reports (xterm's control sequences, "Extended coordinates"): button; column; row, from 1; M is down. */
const report = /\x1b\[<(\d+);(\d+);(\d+)([Mm])/g;

/** Takes the mouse out of what a terminal says: what it did, and what is left. */
export function takeMouse(input: string): { readonly mice: readonly Mouse[]; readonly rest: string } {
  const mice: Mouse[] = [];
  const rest = input.replace(report, (_, button: string, x: string, y: string, end: string) => {
    const kind = kindOf(Number(button), end);
    if (kind !== null) mice.push({ kind, x: Number(x) - 1, y: Number(y) - 1 });
    return '';
  });
  return { mice, rest };
}

/** Bit 6 is the wheel, bit 5 a move; of the buttons the first counts. */
function kindOf(button: number, end: string): Mouse['kind'] | null {
  if (button & 64) return button & 1 ? 'wheel-down' : 'wheel-up';
  return end === 'M' && !(button & 32) && (button & 3) === 0 ? 'down' : null;
}

/** Screen, once it is asked for the mouse, keeps an ESC for itself until the next key (4.9.0): there Esc is worth more. */
export const mayHaveMouse = (env: NodeJS.ProcessEnv): boolean => env['STY'] === undefined;

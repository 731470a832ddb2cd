/** How large a terminal is, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The size of a terminal; a serial line, which has none, is taken for one of 80 × 24. */
export const terminalSize = ({ columns, rows }: TerminalSize): TerminalSize => ({
  columns: columns || 80,
  rows: rows || 24,
});

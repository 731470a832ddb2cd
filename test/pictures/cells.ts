/** A cell of a terminal: what stands in it, how many columns that takes, and how it looks. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** One of the sixteen colours of every terminal; null: the usual one. */
  readonly colour: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

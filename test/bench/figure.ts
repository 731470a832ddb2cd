/** What was measured: several runs, of which the median counts. Whatever else explains it goes into the same line. */
export interface Figure {
  readonly figure: string;
  readonly unit: string;
  readonly runs: readonly number[];
  readonly [explanation: string]: unknown;
}

/** Prints one line of JSON: `{"figure":"drive.35.builds_per_s","value":1240,"unit":"1/s","runs":[…]}`. */
export function printFigure({ figure, unit, runs, ...more }: Figure): void {
  const line = { figure, value: rounded(median(runs)), unit, runs: runs.map(rounded), ...more };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The value that a part of all values does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** Four digits say more than any bench is sure of. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** What stands at the side of a chart: equal steps from zero up to a figure that none of the chart's is above. */
export interface Scale {
  readonly step: number;
  /** How many steps there are above zero. */
  readonly count: number;
  /** How many lines of the screen a step is high. */
  readonly rows: number;
}

const [fewest, most] = [2, 5];

/** Steps of 1, 2 or 5, ten times as much and so on, whole ones where figures are counted: such that the greatest comes highest. */
export function scaleFor(greatest: number, height: number, isCounted: boolean): Scale {
  const above = greatest > 0 ? greatest : 1;
  const counts = Array.from({ length: most - fewest + 1 }, (_, nth) => Math.min(fewest + nth, Math.max(1, height)));
  const scales = counts.map(
    (count): Scale => ({
      ...{ step: stepFor(above / count, isCounted), count, rows: Math.max(1, Math.floor(height / count)) },
    }),
  );
  const best = scales.reduce((before, one) => (reach(one, above) >= reach(before, above) ? one : before));
  return { ...best, count: Math.ceil(above / best.step - 1e-9) };
}

/** How high the greatest comes, in lines. */
const reach = ({ step, rows }: Scale, greatest: number): number => Math.round((greatest / step) * rows * 1e6);

function stepFor(least: number, isCounted: boolean): number {
  const exponent = Math.floor(Math.log10(least));
  const found = [1, 2, 5, 10].map((digit) => times(digit, exponent)).find((step) => step >= least * (1 - 1e-9));
  const step = found ?? times(10, exponent);
  return isCounted ? Math.max(1, step) : step;
}

/** Of digits and a power of ten, as exact as it is written. */
const times = (digit: number, exponent: number): number => Number(`${digit}e${exponent}`);

/** The figures at the steps from zero on, all with as many decimals as the step has. */
export function ticksOf({ step, count }: Scale): string[] {
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: count + 1 }, (_, nth) => (nth * step).toFixed(decimals));
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A course of figures as small bars, from `low` to the highest of them; what is unknown is a gap. */
export function sparkline(figures: readonly (number | null)[], low = 0): string {
  const high = Math.max(low, ...figures.filter((figure) => figure !== null));
  const barOf = (figure: number): string => {
    const share = high > low ? (figure - low) / (high - low) : 0;
    return bars[Math.max(0, Math.min(bars.length - 1, Math.round(share * (bars.length - 1))))]!;
  };
  return figures.map((figure) => (figure === null ? ' ' : barOf(figure))).join('');
}

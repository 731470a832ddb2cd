const dayMs = 86_400_000;

/** What stands beneath each step, by this machine's clock: the time of a day, or the day where there are several. */
export const timeLabels = (fromMs: number, stepMs: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => labelOf(fromMs + index * stepMs, count * stepMs > 2 * dayMs));

function labelOf(ms: number, byDay: boolean): string {
  const at = new Date(ms);
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return byDay ? `${two(at.getMonth() + 1)}-${two(at.getDate())}` : `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Brightness over time: a share from 0 to 1 of the whole, by the milliseconds of any clock. States differ in it, for those who can't tell colours. */
export type Rhythm = (ms: number) => number;

const phase = (ms: number, periodMs: number): number => (((ms % periodMs) + periodMs) % periodMs) / periodMs;

/** Always the same. */
export const steady: Rhythm = () => 1;

/** Up and down, softly. */
export const breathing =
  (periodMs: number, least = 0.35): Rhythm =>
  (ms) =>
    least + (1 - least) * (0.5 - 0.5 * Math.cos(2 * Math.PI * phase(ms, periodMs)));

/** On and off. */
export const blinking =
  (periodMs: number, least = 0.1): Rhythm =>
  (ms) =>
    phase(ms, periodMs) < 0.5 ? 1 : least;

/** So many short flashes, then dark for the rest of the time. */
export const flashing =
  (flashes: number, periodMs: number, least = 0.25): Rhythm =>
  (ms) => {
    const at = phase(ms, periodMs) * periodMs;
    return at < flashes * 250 && at % 250 < 120 ? 1 : least;
  };

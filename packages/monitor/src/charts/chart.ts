import type { Tone } from '../text/span.ts';

/** A course of figures; null where nobody looked. */
export interface Course {
  readonly title: string;
  readonly tone: Extract<Tone, 'good' | 'bad' | 'odd' | 'cleaning' | 'sending'>;
  readonly figures: readonly (number | null)[];
}

/** What a chart shows, from a time on, in equal steps (milliseconds). */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  /** Whether the figures are counted: half of one makes no sense at the side. */
  readonly isCounted: boolean;
  readonly courses: readonly Course[];
  readonly fromMs: number;
  readonly stepMs: number;
}

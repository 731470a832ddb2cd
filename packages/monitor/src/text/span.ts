/** What a piece of text means; how that looks is the palette's business, and never colour's alone. */
export type Tone = 'good' | 'sending' | 'cleaning' | 'odd' | 'bad' | 'dim' | 'strong' | 'key' | 'cursor';

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** A line of the screen. One that is `chosen` is where the operator is; one that is `old` tells of what may be over. */
export interface Line {
  readonly spans: readonly Span[];
  readonly chosen?: boolean;
  readonly old?: boolean;
}

export const span = (text: string, tone?: Tone): Span => (tone === undefined ? { text } : { text, tone });

export const line = (...spans: (Span | string)[]): Line => ({
  spans: spans.map((one) => (typeof one === 'string' ? { text: one } : one)),
});

/** The words of a line, without their looks. */
export const textOf = ({ spans }: Line): string => spans.map(({ text }) => text).join('');

import type { Answer, ControlType, Question } from '@piw/wire/control-protocol';

/** What a view wants to know from the master beside the board, and how old that may become, in milliseconds. */
export type Wish = {
  [K in ControlType]: {
    readonly id: string;
    readonly question: K;
    readonly ask: Question<K>;
    readonly freshMs: number;
  };
}[ControlType];

/** What came of it. A failed one keeps what was known. */
export interface Look {
  readonly answer: unknown;
  readonly atMs: number;
  readonly trouble: string | null;
}

/** A wish under the name of what is asked. */
export function wish<K extends ControlType>(question: K, ask: Question<K>, freshMs: number): Wish {
  return { id: `${question} ${JSON.stringify(ask)}`, question, ask, freshMs } as unknown as Wish; // a union that TypeScript can't follow
}

/** What the master answered to a question; undefined as long as it hasn't. */
export const answerTo = <K extends ControlType>(
  looks: Readonly<Record<string, Look>>,
  question: K,
  ask: Question<K>,
): Answer<K> | undefined => looks[`${question} ${JSON.stringify(ask)}`]?.answer as Answer<K> | undefined;

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

/** Under what an answer is kept. `about` stands for what is asked, where that changes with the time. */
const idOf = (question: ControlType, ask: unknown, about?: string): string =>
  `${question} ${about ?? JSON.stringify(ask)}`;

export function wish<K extends ControlType>(question: K, ask: Question<K>, freshMs: number, about?: string): Wish {
  return { id: idOf(question, ask, about), question, ask, freshMs } as unknown as Wish; // a union that TypeScript can't follow
}

/** What came of a wish; undefined as long as nothing has. */
export const lookOf = (looks: Readonly<Record<string, Look>>, { id }: Wish): Look | undefined => looks[id];

/** What the master answered to a question; undefined as long as it hasn't. */
export const answerTo = <K extends ControlType>(
  looks: Readonly<Record<string, Look>>,
  question: K,
  ask: Question<K> | string,
): Answer<K> | undefined =>
  looks[typeof ask === 'string' ? idOf(question, null, ask) : idOf(question, ask)]?.answer as Answer<K> | undefined;

/** The looks after something was changed: what was known is asked for again at once. */
export const outdated = (looks: Readonly<Record<string, Look>>): Readonly<Record<string, Look>> =>
  Object.fromEntries(Object.entries(looks).map(([id, look]) => [id, { ...look, atMs: Number.NEGATIVE_INFINITY }]));

/** As many as an operator comes back to. */
const kept = 60;

/** The looks with another; of very many those go that came first. */
export function withLook(
  looks: Readonly<Record<string, Look>>,
  id: string,
  look: Look,
): Readonly<Record<string, Look>> {
  const others = Object.entries(looks).filter(([one]) => one !== id);
  return Object.fromEntries([...others.slice(Math.max(0, others.length + 1 - kept)), [id, look]]);
}

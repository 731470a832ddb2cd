import { z } from 'zod';
import { looks } from './control/looks.ts';
import { orders } from './control/orders.ts';
import { sentence } from './vocabulary.ts';

/** Everything that control answers: what it is about, what is asked, what is answered. */
export const control = { ...looks, ...orders };

/** Whether it is an order, which changes something. */
export const isOrder = (question: ControlType): boolean => Object.hasOwn(orders, question);

export type Control = typeof control;
export type ControlType = keyof Control;
export type Ask<K extends ControlType> = z.output<Control[K]['ask']>;
export type Answer<K extends ControlType> = z.output<Control[K]['answer']>;
/** As the asking side writes it, and as the master answers: names and versions as plain text, made canonical on arrival. */
export type Question<K extends ControlType> = z.input<Control[K]['ask']>;
export type Reply<K extends ControlType> = z.input<Control[K]['answer']>;

const id = z.int().nonnegative();

/** What a client sends: one envelope for all questions; `ask` is checked against the question's own schema. */
export const toControl = {
  ASK: z
    .object({
      id,
      question: z.enum(Object.keys(control) as [ControlType, ...ControlType[]]),
      ask: z.unknown(),
      from: z.string().max(200),
      untilMs: z.number().optional(),
    })
    .describe(
      "A question or an order; `from` names the person, as their program tells: login and host. An order has `untilMs`, a time of the master's own clock (WHEN) after which whoever gave it waits no longer: then it isn't begun any more. A question has none.",
    ),
  WHEN: z
    .object({ id })
    .describe("Asks for the master's time, and so whether it speaks; whoever is let in may, at any time."),
};

/** What the master answers. */
export const fromControl = {
  ANSWER: z.object({ id, answer: z.unknown() }).describe('The answer to the question of that id.'),
  REFUSAL: z
    .object({ id, message: sentence, remedy: sentence })
    .describe('Why there is none, and what to do about it.'),
  NOW: z
    .object({ id, nowMs: z.number() })
    .describe('The answer to WHEN: a clock that is never set, so that it tells durations, not what a watch has.'),
};

import type { Transition } from '../pixels/transition.ts';
import type { Page, Sense } from './sense.ts';

/** Another page, which comes in its way. */
export const goTo = (sense: Sense, page: Page, transition: Transition): Sense => ({
  ...sense,
  page,
  leaving: { page: sense.page, selected: sense.selected, transition },
});

export const mainPage = ({ nowMs }: Sense): Page => ({ at: 'main', sinceMs: nowMs });

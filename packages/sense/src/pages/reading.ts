import { type Colour, colours, dim } from '../pixels/colour.ts';
import { letterRows, scroll } from '../pixels/letters.ts';
import { type Picture, side } from '../pixels/picture.ts';
import { breathing } from '../pixels/rhythm.ts';
import { itemOf, reels } from '../state/reels.ts';
import type { Page, Sense } from '../state/sense.ts';

type PageAt<A extends Page['at']> = Extract<Page, { readonly at: A }>;

/** The text of a list's item; which of them it is shows below. */
export function drawReel(sense: Sense, page: PageAt<'reel'>): Picture {
  const { text, colour } = itemOf(sense, page);
  const last = reels[page.reel].items(sense).length - 1;
  const at = last < side ? Math.min(page.item, last) : Math.round((Math.min(page.item, last) / last) * (side - 1));
  return withFoot(scroll(text, sense.nowMs - page.sinceMs, colour, page.aheadMs), (x) => {
    if (x === at) return colours.white;
    return x <= Math.min(last, side - 1) ? dim(colours.grey, 0.4) : colours.black;
  });
}

const chosen = breathing(700, 0.4);

/** What is about to be done; no and yes below, of which the one that is chosen pulses. */
export const drawSure = ({ nowMs }: Sense, { choice, yes, sinceMs }: PageAt<'sure'>): Picture =>
  withFoot(scroll(`${choice.words}?`, nowMs - sinceMs, colours.orange), (x) => {
    const isYes = x >= side / 2;
    return dim(isYes ? colours.green : colours.red, isYes === yes ? chosen(nowMs) : 0.15);
  });

/** What came of it. */
export const drawTold = ({ nowMs }: Sense, { text, good, sinceMs, aheadMs }: PageAt<'told'>): Picture =>
  scroll(text, nowMs - sinceMs, good ? colours.green : colours.red, aheadMs);

const withFoot = (picture: Picture, foot: (x: number) => Colour): Picture =>
  picture.map((colour, i) => (Math.floor(i / side) === letterRows ? foot(i % side) : colour));

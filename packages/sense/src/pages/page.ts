import type { Picture } from '../pixels/picture.ts';
import { between, transitionMs } from '../pixels/transition.ts';
import type { Page, Sense } from '../state/sense.ts';
import { drawGraph } from './graph.ts';
import { drawMain } from './main.ts';
import { drawReel, drawSure, drawTold } from './reading.ts';

/** What is seen now: the page, or one that comes as another goes. */
export function drawSense(sense: Sense): Picture {
  const after = drawPage(sense, sense.page);
  const { leaving, page, nowMs } = sense;
  if (!leaving) return after;
  const share = (nowMs - page.sinceMs) / transitionMs[leaving.transition.by];
  if (share >= 1) return after;
  const before = drawPage({ ...sense, selected: leaving.selected }, leaving.page);
  return between(before, after, leaving.transition, Math.max(0, share));
}

function drawPage(sense: Sense, page: Page): Picture {
  switch (page.at) {
    case 'main':
      return drawMain(sense);
    case 'reel':
      return drawReel(sense, page);
    case 'graph':
      return drawGraph(sense, page);
    case 'sure':
      return drawSure(sense, page);
    case 'told':
      return drawTold(sense, page);
  }
}

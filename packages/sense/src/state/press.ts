import { screenfulMs } from '../pixels/letters.ts';
import type { StickKey } from '../pixels/rotate.ts';
import type { Choice, Effect } from './choice.ts';
import { goTo, mainPage } from './go.ts';
import { firstColumn, neighbour, nodeRows, nodesOf, placeOf } from './nodes.ts';
import { itemOf, reels } from './reels.ts';
import { type Page, type RangeName, type ReelName, ranges, type Sense } from './sense.ts';

type Stepped = readonly [Sense, readonly Effect[]];
type Way = Exclude<StickKey, 'in'>;
type PageAt<A extends Page['at']> = Extract<Page, { readonly at: A }>;

/** What a push of the joystick does. */
export function press(sense: Sense, key: StickKey): Stepped {
  const { page } = sense;
  switch (page.at) {
    case 'main':
      return [key === 'in' ? zoomIn(sense) : move(sense, key), []];
    case 'reel':
      return alongReel(sense, page, key);
    case 'graph':
      return [onGraph(sense, page, key), []];
    case 'sure':
      return whenAsked(sense, page, key);
    case 'told':
      return [key === 'right' ? onward(sense, page) : goTo(sense, mainPage(sense), { by: 'slide', from: 'down' }), []];
  }
}

/** What lies beyond each edge of the main page. */
const beyond: Readonly<Record<Way, ReelName>> = { up: 'help', down: 'leave', left: 'climate', right: 'attention' };

const reelAt = ({ nowMs }: Sense, reel: ReelName, item = 0): PageAt<'reel'> => ({
  ...{ at: 'reel', reel, item, sinceMs: nowMs, aheadMs: 0 },
});

function move(sense: Sense, way: Way): Sense {
  const next = neighbour(nodesOf(sense), sense.selected, way);
  return typeof next === 'object'
    ? goTo(sense, reelAt(sense, beyond[next.edge]), { by: 'slide', from: way })
    : { ...sense, selected: next };
}

/** Where the selected node's pixel is. */
function pixelOf(sense: Sense): { readonly x: number; readonly y: number } {
  const nodes = nodesOf(sense);
  const { column, row } = placeOf(Math.max(0, nodes.indexOf(sense.selected)));
  return { x: column - firstColumn(nodes, sense.selected), y: row + 8 - nodeRows };
}

const zoomIn = (sense: Sense): Sense =>
  goTo(sense, reelAt(sense, 'node'), { by: 'zoom', into: true, ...pixelOf(sense) });

function back(sense: Sense, reel: ReelName): Sense {
  if (reel === 'node') return goTo(sense, mainPage(sense), { by: 'zoom', into: false, ...pixelOf(sense) });
  return goTo(sense, mainPage(sense), { by: 'slide', from: reels[reel].back });
}

function alongReel(sense: Sense, page: PageAt<'reel'>, key: StickKey): Stepped {
  const { along, back: way, items } = reels[page.reel];
  if (key === way) return [back(sense, page.reel), []];
  if (key === 'in') return push(sense, page);
  if (key === opposite[way]) return [onward(sense, page), []];
  const by = along.indexOf(key);
  const next = Math.min(page.item, items(sense).length - 1) + (by === 0 ? -1 : 1);
  if (by < 0 || next < 0 || next >= items(sense).length) return [sense, []];
  return [goTo(sense, reelAt(sense, page.reel, next), { by: 'slide', from: key }), []];
}

/** The way that leads neither along nor back pushes the text on. */
const opposite = { up: 'down', down: 'up', left: 'right', right: 'left' } as const satisfies Record<Way, Way>;

const onward = (sense: Sense, page: PageAt<'reel' | 'told'>): Sense => ({
  ...sense,
  page: { ...page, aheadMs: page.aheadMs + screenfulMs },
});

function push(sense: Sense, page: PageAt<'reel'>): Stepped {
  const { pushed } = itemOf(sense, page);
  switch (pushed.then) {
    case 'nothing':
      return [page.reel === 'node' ? sense : back(sense, page.reel), []];
    case 'choose':
      return pushed.choice.asks ? [ask(sense, pushed.choice), []] : carryOut(sense, pushed.choice);
    case 'graph': {
      const { figure } = pushed;
      return [goTo(sense, { at: 'graph', figure, range: 'hour', sinceMs: sense.nowMs }, { by: 'draw' }), []];
    }
  }
}

const ask = (sense: Sense, choice: Choice): Sense =>
  goTo(sense, { at: 'sure', choice, yes: false, sinceMs: sense.nowMs }, { by: 'slide', from: 'right' });

/** The answer comes as something that is told. */
const carryOut = (sense: Sense, { does }: Choice): Stepped => [
  goTo(sense, mainPage(sense), { by: 'slide', from: 'down' }),
  [does],
];

function whenAsked(sense: Sense, page: PageAt<'sure'>, key: StickKey): Stepped {
  switch (key) {
    case 'in':
      return page.yes
        ? carryOut(sense, page.choice)
        : [goTo(sense, mainPage(sense), { by: 'slide', from: 'down' }), []];
    case 'left':
    case 'right':
      return [{ ...sense, page: { ...page, yes: key === 'right' } }, []];
    default:
      return [sense, []];
  }
}

const rangeNames = Object.keys(ranges) as RangeName[];

/** A push goes further back in time; any other way is the way out. */
function onGraph(sense: Sense, page: PageAt<'graph'>, key: StickKey): Sense {
  const { nowMs } = sense;
  if (key !== 'in') {
    const item = reels.node
      .items(sense)
      .findIndex(({ pushed }) => pushed.then === 'graph' && pushed.figure === page.figure);
    return goTo(sense, reelAt(sense, 'node', Math.max(0, item)), { by: 'slide', from: 'left' });
  }
  const range = rangeNames[(rangeNames.indexOf(page.range) + 1) % rangeNames.length]!;
  return goTo(sense, { ...page, range, sinceMs: nowMs }, { by: 'draw' });
}

import { farmNow } from '@piw/operator/farm-clock';
import { isLong } from '@piw/operator/long-build';
import { silentMs } from '@piw/operator/silence';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { type Colour, colours } from '../pixels/colour.ts';
import { blinking, breathing, flashing, type Rhythm, steady } from '../pixels/rhythm.ts';
import { slaveAt } from './nodes.ts';
import type { Node, Sense } from './sense.ts';

/** How a node's pixel looks: its colour, and how it goes on and off. */
export interface NodeLook {
  readonly colour: Colour;
  readonly rhythm: Rhythm;
}

const looks = {
  idle: { colour: colours.grey, rhythm: steady },
  building: { colour: colours.green, rhythm: breathing(2000) },
  buildingLong: { colour: colours.yellow, rhythm: breathing(4000) },
  sending: { colour: colours.blue, rhythm: blinking(500, 0.3) },
  cleaning: { colour: colours.purple, rhythm: flashing(2, 2000) },
  paused: { colour: colours.white, rhythm: flashing(1, 3000, 0.1) },
  draining: { colour: colours.cyan, rhythm: flashing(1, 2000) },
  quarantined: { colour: colours.orange, rhythm: flashing(3, 2500) },
  refused: { colour: colours.orange, rhythm: blinking(2000) },
  lost: { colour: colours.red, rhythm: blinking(1000) },
  gone: { colour: colours.red, rhythm: blinking(300) },
} as const satisfies Record<SlavePicture['state'] | 'buildingLong', NodeLook>;

/** How a node looks now. */
export function lookOf(sense: Sense, node: Node): NodeLook {
  if (node === 'master') return masterLook(sense);
  const slave = slaveAt(sense.feed.board, node);
  if (!slave) return looks.gone;
  return slave.state === 'building' && isLong(slave, farmNow(sense)) ? looks.buildingLong : looks[slave.state];
}

/** The master builds when anybody does. */
function masterLook({ feed: { board, heardMs }, nowMs }: Sense): NodeLook {
  if (!board || heardMs === null || nowMs - heardMs > silentMs) return looks.lost;
  if (board.farm.paused) return looks.paused;
  return [...board.slaves.values()].some(({ task }) => task) ? looks.building : looks.idle;
}

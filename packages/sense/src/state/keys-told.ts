import { itemOf, reels } from './reels.ts';
import type { Sense } from './sense.ts';

const arrows = { up: '↑', down: '↓', left: '←', right: '→' } as const;

/** What pushes do on the page that is seen, for who has keys in place of a joystick and room to read. */
export function keysTold(sense: Sense): string {
  const { page } = sense;
  switch (page.at) {
    case 'main':
      return 'Enter: closer, arrows: move; beyond the edges: ↑ help, ↓ way out, ← climate of the shelf, → attention';
    case 'reel': {
      const { along, back } = reels[page.reel];
      const [previous, next] = along.map((way) => arrows[way]);
      const { then } = itemOf(sense, page).pushed;
      const does = { nothing: '', choose: 'Enter: do it. ', graph: 'Enter: draw its past. ' }[then];
      return `${does}${previous}${next} others, ${arrows[back]} back`;
    }
    case 'graph':
      return `Enter: ${page.range === 'month' ? 'the last hour again' : 'further back'}, ← back`;
    case 'sure':
      return '← no, → yes, Enter: that is my answer';
    case 'told':
      return '→ faster, any other: back';
  }
}

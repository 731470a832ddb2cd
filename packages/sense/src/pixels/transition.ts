import { mix } from './colour.ts';
import { draw, type Picture, pixelAt, side } from './picture.ts';

/** How one picture gives way to the next. */
export type Transition =
  /** The next one pushes the other away and comes from that side. */
  | { readonly by: 'slide'; readonly from: 'up' | 'down' | 'left' | 'right' }
  /** The next one grows out of a pixel, or the other shrinks into it. */
  | { readonly by: 'zoom'; readonly into: boolean; readonly x: number; readonly y: number }
  /** The next one is drawn from the left. */
  | { readonly by: 'draw' };

/** How long each takes, in milliseconds. */
export const transitionMs = { slide: 250, zoom: 300, draw: 600 } as const satisfies Record<Transition['by'], number>;

/** What is seen when a share (0 to 1) of the transition is over. */
export function between(before: Picture, after: Picture, transition: Transition, share: number): Picture {
  switch (transition.by) {
    case 'slide':
      return slide(before, after, transition.from, Math.round(share * side));
    case 'zoom':
      return transition.into ? zoom(before, after, transition, share) : zoom(after, before, transition, 1 - share);
    case 'draw':
      return draw((x, y) => pixelAt(x < share * side ? after : before, x, y));
  }
}

const ways = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] } as const;

function slide(before: Picture, after: Picture, from: keyof typeof ways, steps: number): Picture {
  const [dx, dy] = ways[from];
  return draw((x, y) => {
    const [sx, sy] = [x + dx * steps, y + dy * steps];
    const isInside = sx >= 0 && sx < side && sy >= 0 && sy < side;
    return isInside ? pixelAt(before, sx, sy) : pixelAt(after, sx - dx * side, sy - dy * side);
  });
}

/** `near` fills a square that grows around the pixel; its colours come through `far` as it does. */
function zoom(
  far: Picture,
  near: Picture,
  { x: cx, y: cy }: { readonly x: number; readonly y: number },
  share: number,
) {
  const [left, top] = [cx * (1 - share), cy * (1 - share)];
  const size = side * share;
  return draw((x, y) => {
    const [nx, ny] = [Math.floor(((x - left) / size) * side), Math.floor(((y - top) / size) * side)];
    const isInside = nx >= 0 && nx < side && ny >= 0 && ny < side;
    return isInside ? mix(pixelAt(far, x, y), pixelAt(near, nx, ny), 0.4 + 0.6 * share) : pixelAt(far, x, y);
  });
}

import { draw, type Picture, pixelAt, side } from './picture.ts';

/** How far a picture is turned clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** What a joystick does. */
export const stickKeys = ['up', 'right', 'down', 'left', 'in'] as const;
export type StickKey = (typeof stickKeys)[number];

const last = side - 1;

/** The picture as it has to be lit for somebody who sees the HAT so turned. */
export function rotatePicture(picture: Picture, turn: Turn): Picture {
  switch (turn) {
    case 0:
      return picture;
    case 90:
      return draw((x, y) => pixelAt(picture, y, last - x));
    case 180:
      return draw((x, y) => pixelAt(picture, last - x, last - y));
    case 270:
      return draw((x, y) => pixelAt(picture, last - y, x));
  }
}

/** What a push is to them that the HAT calls by another name: for a picture that is turned to the right, the HAT's right is up. */
export function rotateKey(key: StickKey, turn: Turn): StickKey {
  if (key === 'in') return key;
  return stickKeys[(stickKeys.indexOf(key) - turn / 90 + 4) % 4]!;
}

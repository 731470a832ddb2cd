import { type Colour, colours } from './colour.ts';

/** Pixels in a row, and rows. */
export const side = 8;

/** What is seen at once: 64 colours, row after row from the top, each from the left. */
export type Picture = readonly Colour[];

/** The picture that has these colours at `x` from the left and `y` from the top. */
export const draw = (colourAt: (x: number, y: number) => Colour): Picture =>
  Array.from({ length: side * side }, (_, i) => colourAt(i % side, Math.floor(i / side)));

/** Black outside of the picture. */
export const pixelAt = (picture: Picture, x: number, y: number): Colour =>
  isInside(x) && isInside(y) ? picture[y * side + x]! : colours.black;

const isInside = (at: number): boolean => Number.isInteger(at) && at >= 0 && at < side;

/** Nothing is lit. */
export const dark: Picture = draw(() => colours.black);

/** Whether they look the same. */
export const isSamePicture = (one: Picture, other: Picture): boolean =>
  one.every((colour, i) => colour.every((value, channel) => value === other[i]?.[channel]));

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

/** Bits of each channel that the lights don't show: they have 5 of red, 6 of green, 5 of blue. */
export const unseenBits = [3, 2, 3] as const;

/** Whether they look the same on the lights. */
export const isSamePicture = (one: Picture, other: Picture): boolean =>
  one.every((colour, i) =>
    unseenBits.every((bits, channel) => colour[channel]! >> bits === other[i]![channel]! >> bits),
  );

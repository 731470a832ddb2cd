/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The colours of the pixels: far apart, and none of them as bright as the lights can be, which is too bright for a room. */
export const colours = {
  black: [0, 0, 0],
  white: [200, 200, 200],
  grey: [56, 56, 56],
  green: [0, 150, 20],
  yellow: [170, 150, 0],
  orange: [210, 90, 0],
  red: [210, 0, 0],
  blue: [0, 60, 210],
  purple: [130, 0, 150],
  cyan: [0, 130, 140],
} as const satisfies Record<string, Colour>;

/** A colour on the way from one to another; a share of 0 is the first, of 1 the second. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const part = Math.min(1, Math.max(0, share));
  const at = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * part);
  return [at(0), at(1), at(2)];
}

/** The least of a channel that the lights still show, in RGB565. */
const faintest = 8;

/** The colour with less light. What is not dark stays seen. */
export function dim(colour: Colour, share: number): Colour {
  const channel = (value: number): number => (value === 0 ? 0 : Math.max(faintest, Math.round(value * share)));
  return [channel(colour[0]), channel(colour[1]), channel(colour[2])];
}

/**
 * From green by orange to red, as a figure passes the three of them; between two of them the colour is between theirs.
 */
export function heat(figure: number, [green, orange, red]: readonly [number, number, number]): Colour {
  if (figure <= green) return colours.green;
  if (figure <= orange) return mix(colours.green, colours.orange, (figure - green) / (orange - green));
  return mix(colours.orange, colours.red, (figure - orange) / (red - orange));
}

import { expect, test } from 'vitest';
import { colours, dim, heat } from './colour.ts';
import { columnsOf, letterRows, readingMs, screenfulMs, scroll } from './letters.ts';
import { dark, draw, isSamePicture, type Picture, pixelAt, side } from './picture.ts';
import { toRgb565 } from './rgb565.ts';
import { rotateKey, rotatePicture, type Turn } from './rotate.ts';
import { between, type Transition } from './transition.ts';

const turns: readonly Turn[] = [0, 90, 180, 270];

/** Each pixel is another one's. */
const numbered: Picture = draw((x, y) => [y * side + x, 0, 0]);
const full: Picture = draw(() => colours.green);

test.each(turns)('a picture that is turned by %i and on to a whole turn is as it was', (turn) => {
  const rest = ((360 - turn) % 360) as Turn;
  expect(rotatePicture(rotatePicture(numbered, turn), rest)).toEqual(numbered);
});

test('a picture is turned clockwise: what was at the upper left is at the upper right', () => {
  expect(pixelAt(rotatePicture(numbered, 90), side - 1, 0)).toEqual([0, 0, 0]);
  expect(pixelAt(rotatePicture(numbered, 180), side - 1, side - 1)).toEqual([0, 0, 0]);
  expect(pixelAt(rotatePicture(numbered, 270), 0, side - 1)).toEqual([0, 0, 0]);
});

/** Where a push goes on the lights. */
const ways = { up: [0, -1], right: [1, 0], down: [0, 1], left: [-1, 0] } as const;

test.each(turns)('with the picture turned by %i, a push goes where the eye sees it go', (turn) => {
  for (const key of ['up', 'right', 'down', 'left'] as const) {
    const [dx, dy] = ways[rotateKey(key, turn) as keyof typeof ways];
    const spot = (x: number, y: number): Picture =>
      rotatePicture(
        draw((px, py) => (px === x && py === y ? colours.white : colours.black)),
        turn,
      );
    const lit = (picture: Picture) => picture.findIndex((colour) => colour === colours.white);
    const [from, to] = [lit(spot(3, 3)), lit(spot(3 + dx, 3 + dy))];
    const [wx, wy] = ways[key];
    expect(to - from).toBe(wy * side + wx);
  }
  expect(rotateKey('in', turn)).toBe('in');
});

test('the framebuffer has 16 bits a pixel, little-endian, red first', () => {
  const bytes = toRgb565(
    draw((x, y) => (y > 0 ? colours.black : x === 0 ? [255, 0, 0] : x === 1 ? [0, 255, 0] : [0, 0, 255])),
  );
  expect(bytes.length).toBe(128);
  expect([bytes.readUInt16LE(0), bytes.readUInt16LE(2), bytes.readUInt16LE(4)]).toEqual([0xf800, 0x07e0, 0x001f]);
});

test('what is lit stays seen however dark the night is, and black stays black', () => {
  for (const colour of Object.values(colours)) {
    const lights = toRgb565(draw(() => dim(colour, 0.01))).readUInt16LE(0);
    expect(lights > 0).toBe(colour !== colours.black);
  }
});

test('a figure goes from green by orange to red', () => {
  const limits = [0.7, 0.8, 0.9] as const;
  expect([0, 0.7, 0.8, 0.9, 1].map((share) => heat(share, limits))).toEqual(
    [colours.green, colours.green, colours.orange, colours.red, colours.red].map((colour) => [...colour]),
  );
});

test('letters are five columns and a gap; what the font lacks is shown without its accents, or as a question mark', () => {
  expect(columnsOf('I')).toEqual([0, 0x41, 0x7f, 0x41, 0, 0]);
  expect(columnsOf('é')).toEqual(columnsOf('e'));
  expect(columnsOf('字')).toEqual(columnsOf('?'));
  expect(columnsOf('a'.repeat(2000))).toHaveLength(303 * 6);
});

test('a short text stands still, and a long one goes by until it comes again', () => {
  expect(scroll('I', 60_000, colours.white)).toEqual(scroll('I', 0, colours.white));
  const text = 'piwheels';
  const begins = scroll(text, 0, colours.white);
  expect(isSamePicture(scroll(text, 300, colours.white), begins)).toBe(true);
  expect(isSamePicture(scroll(text, 1500, colours.white), begins)).toBe(false);
  const round = 600 + (columnsOf(text).length + side) * 50;
  expect(isSamePicture(scroll(text, round, colours.white), begins)).toBe(true);
  expect(readingMs(text)).toBeLessThan(round);
  const pushed = scroll(text, 0, colours.white, screenfulMs);
  expect(isSamePicture(pushed, scroll(text, 600 + side * 50, colours.white))).toBe(true);
  expect(begins.slice(letterRows * side)).toEqual(dark.slice(letterRows * side));
});

test.each<Transition>([
  ...(['up', 'down', 'left', 'right'] as const).map((from) => ({ by: 'slide', from }) as const),
  { by: 'zoom', into: true, x: 3, y: 5 },
  { by: 'zoom', into: false, x: 7, y: 7 },
  { by: 'draw' },
])('by $by one picture gives way to another wholly, and is on the way between', (transition) => {
  expect(isSamePicture(between(numbered, full, transition, 1), full)).toBe(true);
  const half = between(numbered, full, transition, 0.5);
  expect(isSamePicture(half, full) || isSamePicture(half, numbered)).toBe(false);
});

test('what slides in from the left comes from there', () => {
  const half = between(numbered, full, { by: 'slide', from: 'left' }, 0.5);
  expect([pixelAt(half, 0, 0), pixelAt(half, 4, 0)]).toEqual([colours.green, pixelAt(numbered, 0, 0)]);
});

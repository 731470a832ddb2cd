import type { Colour } from '@piw/sense/pixels/colour';
import { type Picture, side } from '@piw/sense/pixels/picture';
import { escaped } from './svg.ts';

const [pitch, radius, margin] = [22, 9, 8];
/** The words below the lights: as many letters a line as are as wide as those, and how high a line is. */
const [lineLetters, lineHeight] = [29, 15];

/** Lights as a picture (SVG 1.1), and below them what they say, as in the emulator. They are brighter than paint: colours are lifted as the eye would have them. */
export function svgOfLights(picture: Picture, words: string): string {
  const size = side * pitch + 2 * margin;
  const lines = linesOf(words);
  const height = size + lines.length * lineHeight + margin / 2;
  const lights = picture.map((colour, i) => {
    const [x, y] = [i % side, Math.floor(i / side)].map((at) => margin + pitch * at + pitch / 2);
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${lifted(colour)}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${height}" width="${size}" height="${height}" role="img">`,
    `<title>piw-sense: ${escaped(words)}</title>`,
    `<style>text{font:10px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;fill:#d5d8de}</style>`,
    `<rect width="${size}" height="${height}" rx="6" fill="#16181d"/>`,
    ...lights,
    ...lines.map((line, nth) => `<text x="${margin}" y="${size + nth * lineHeight + 8}">${escaped(line)}</text>`),
    '</svg>',
    '',
  ].join('\n');
}

/** Words in lines; one that is longer than a line is cut. */
const linesOf = (words: string): readonly string[] =>
  words.match(new RegExp(`\\S.{0,${lineLetters - 2}}(?=\\s|$)|\\S{1,${lineLetters}}`, 'g')) ?? [];

/** What is dark is a lamp that is off. */
const lifted = (colour: Colour): string =>
  colour.every((value) => value === 0)
    ? '#23262d'
    : `#${colour
        .map((value) =>
          Math.min(255, Math.round(255 * (value / 210) ** 0.6))
            .toString(16)
            .padStart(2, '0'),
        )
        .join('')}`;

import type { Colour } from '@piw/sense/pixels/colour';
import { type Picture, side } from '@piw/sense/pixels/picture';

const [pitch, radius, margin] = [22, 9, 8];

/** Lights as a picture (SVG 1.1). They are brighter than paint: colours are lifted as the eye would have them. */
export function svgOfLights(picture: Picture, title: string): string {
  const size = side * pitch + 2 * margin;
  const lights = picture.map((colour, i) => {
    const [x, y] = [i % side, Math.floor(i / side)].map((at) => margin + pitch * at + pitch / 2);
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${lifted(colour)}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${size}" height="${size}" rx="6" fill="#16181d"/>`,
    ...lights,
    '</svg>',
    '',
  ].join('\n');
}

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

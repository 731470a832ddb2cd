import { type Picture, unseenBits } from './picture.ts';

const [redBits, greenBits, blueBits] = unseenBits;

/** The bytes of a picture in the HAT's framebuffer: 64 pixels of 16 bits, little-endian, with 5 bits of red, 6 of green, 5 of blue. */
export function toRgb565(picture: Picture): Buffer {
  const bytes = Buffer.alloc(picture.length * 2);
  for (const [i, [red, green, blue]] of picture.entries())
    bytes.writeUInt16LE(((red >> redBits) << 11) | ((green >> greenBits) << 5) | (blue >> blueBits), i * 2);
  return bytes;
}

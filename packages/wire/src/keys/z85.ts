/** Z85 (ZeroMQ RFC 32): as libzmq takes keys. */
const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Bytes, whose number is a multiple of four, as Z85. */
export function z85(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  let text = '';
  for (let at = 0; at < buffer.length; at += 4) text += word(buffer.readUInt32BE(at));
  return text;
}

const word = (value: number): string =>
  [85 ** 4, 85 ** 3, 85 ** 2, 85, 1].map((place) => digits[Math.floor(value / place) % 85]).join('');

/** Asks a terminal for the colour of its ground (xterm's OSC 11). */
export const groundQuestion = '\x1b]11;?\x07';

/** The ground that the environment tells of ($COLORFGBG as rxvt sets it, `15;default;0`): 0 to 6 and 8 are dark. Null where it doesn't. */
export function groundOf(env: NodeJS.ProcessEnv): 'dark' | 'light' | null {
  const [, ground] = /;(\d+)$/.exec(env['COLORFGBG'] ?? '') ?? [];
  if (ground === undefined) return null;
  return Number(ground) <= 6 || Number(ground) === 8 ? 'dark' : 'light';
}

/** What a terminal answers: `ESC ] 11 ; rgb:ffff/ffff/dddd`, up to BEL or ESC \. */
const answer = /\x1b\](\d*);?([^\x07\x1b]*)(?:\x07|\x1b\\)/g;
const begun = /\x1b\](?:\d*(?:;[^\x07\x1b]*\x1b?)?)$/;
const longest = 100;

/**
 * Takes answers out of what a terminal says: what its ground is, what is left, and the beginning of an answer whose rest is still to
 * come: no key may be made of that.
 */
export function takeGround(input: string): {
  readonly ground: 'dark' | 'light' | null;
  readonly rest: string;
  readonly begun: string;
} {
  let ground: 'dark' | 'light' | null = null;
  const left = input.replace(answer, (_, code: string, text: string) => {
    if (code === '11') ground = brightness(text) ?? ground;
    return '';
  });
  const [tail = ''] = begun.exec(left) ?? [];
  if (tail.length > longest) return { ground, rest: left, begun: '' };
  return { ground, rest: left.slice(0, left.length - tail.length), begun: tail };
}

/** `rgb:r/g/b` in one to four hexadecimal digits each; weighed as the eye does (Rec. 709). */
function brightness(text: string): 'dark' | 'light' | null {
  const [, red, green, blue] = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(text) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  const part = (digits: string): number => parseInt(digits, 16) / (16 ** digits.length - 1);
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue) > 0.5 ? 'light' : 'dark';
}

/** Whether it makes sense to ask: who has said it needn't be asked, and consoles that know nothing of it might show the question. */
export const answersGround = (env: NodeJS.ProcessEnv): boolean =>
  groundOf(env) === null && !/^(linux|dumb|vt\d|sun|cons)/.test(env['TERM'] ?? 'dumb');

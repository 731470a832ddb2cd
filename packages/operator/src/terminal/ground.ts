/** Asks a terminal for the colour of its ground (xterm's OSC 11). */
export const groundQuestion = '\x1b]11;?\x07';

/** The ground that the environment tells of ($COLORFGBG as rxvt sets it, `15;default;0`): 0 to 6 and 8 are dark. Null where it doesn't. */
export function groundOf(env: NodeJS.ProcessEnv): 'dark' | 'light' | null {
  const [, ground] = /;(\d+)$/.exec(env['COLORFGBG'] ?? '') ?? [];
  if (ground === undefined) return null;
  return Number(ground) <= 6 || Number(ground) === 8 ? 'dark' : 'light';
}

/** The ground that an answer of a terminal tells of: `ESC ] 11 ; rgb:ffff/ffff/dddd`, up to BEL or ESC \; null where it is about something else. */
export function groundAnswered(answer: string): 'dark' | 'light' | null {
  const [, colour] = /^\x1b\]11;([^\x07\x1b]*)/.exec(answer) ?? [];
  return colour === undefined ? null : brightness(colour);
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

import { PassThrough, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { groundQuestion, takeGround } from './ground.ts';
import { type Mouse, takeMouse } from './mouse.ts';

/** The part of a terminal that is needed to fill its screen. */
export interface Terminal {
  readonly in: NodeJS.ReadStream;
  readonly out: NodeJS.WriteStream;
}

/** What a terminal tells beside keys. */
export interface Heard {
  readonly mouse: (mouse: Mouse) => void;
  /** The answer to `askGround`. */
  readonly ground: (ground: 'dark' | 'light') => void;
}

/** Without wrapping (DECAWM): a line too long for a terminal that has just become narrower must not scroll the others away. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[2J\x1b[?2004l\x1b[?7l';
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const leave = '\x1b[?1006l\x1b[?1000l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l';

/** The end of the process, and an error that nobody caught, which is told of on the user's own screen. */
const ends = ['exit', 'uncaughtExceptionMonitor'] as const;

/**
 * The whole screen of a terminal. Of each frame only the lines that changed are written, in the alternate screen, within a synchronized
 * update (DEC mode 2026). Ink, which by itself clears screen and scrollback with every frame as high as the terminal, writes to a stream
 * that nobody reads; it hears the keyboard through one of ours, out of which is taken what is no key.
 */
export class FullScreen {
  /** What ink takes for its terminal. */
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly #terminal: Terminal;
  readonly #heard: Heard;
  readonly #withMouse: boolean;
  readonly #decoder = new StringDecoder('utf8');
  readonly #onInput = (data: Buffer): void => this.#hear(data);
  readonly #onEnd = (): void => this.leave();
  #painted: readonly string[] = [];
  #frame: readonly string[] = [];
  #entered = false;
  #begun = '';
  #escaped = false;

  constructor(terminal: Terminal, heard: Heard, withMouse = true) {
    this.#terminal = terminal;
    this.#withMouse = withMouse;
    this.#heard = heard;
    this.stdout = this.#fakeOut();
    this.stdin = this.#fakeIn();
  }

  /** Takes the terminal; gives it back when the process ends, however it does. */
  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#painted = [];
    const { in: input, out } = this.#terminal;
    for (const end of ends) process.on(end, this.#onEnd);
    input.setRawMode(true);
    input.on('data', this.#onInput);
    input.resume();
    out.write(this.#withMouse ? enter + mouseOn : enter);
    this.#paint();
  }

  /** Shows a frame, a line a line. */
  readonly draw = (frame: readonly string[]): void => {
    this.#frame = frame;
    this.#paint();
  };

  /** Leaves the terminal as it was found. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    const { in: input, out } = this.#terminal;
    for (const end of ends) process.off(end, this.#onEnd);
    input.off('data', this.#onInput);
    input.setRawMode(false);
    input.pause();
    out.write(leave);
  }

  /** Asks the terminal whether its ground is dark or light; many answer. */
  askGround(): void {
    this.#terminal.out.write(groundQuestion);
  }

  /** Tells ink of the terminal's new size, and clears it: what was shown is not of that size, the next frame is. */
  resized(): void {
    const { columns, rows } = this.#terminal.out;
    Object.assign(this.stdout, { columns, rows });
    this.#frame = [];
    this.redraw();
    this.stdout.emit('resize');
  }

  redraw(): void {
    if (!this.#entered) return;
    this.#painted = [];
    this.#terminal.out.write('\x1b[2J');
    this.#paint();
  }

  /** A line is erased before it is written: after it the cursor may stand on its last character, which would be erased with the rest. */
  #paint(): void {
    if (!this.#entered) return;
    const next = this.#frame.slice(0, this.#terminal.out.rows);
    let changed = '';
    for (let row = 0; row < Math.max(next.length, this.#painted.length); row += 1)
      if (next[row] !== this.#painted[row]) changed += `\x1b[${row + 1};1H\x1b[K${next[row] ?? ''}\x1b[0m`;
    this.#painted = next;
    if (changed !== '') this.#terminal.out.write(`\x1b[?2026h${changed}\x1b[?2026l`);
  }

  #hear(data: Buffer): void {
    const { ground, rest: input, begun } = takeGround(this.#joined(this.#decoder.write(data)));
    this.#begun = begun;
    this.#escaped = input.endsWith('\x1b');
    if (ground !== null) this.#heard.ground(ground);
    const { mice, rest } = takeMouse(input);
    for (const mouse of mice) this.#heard.mouse(mouse);
    if (rest !== '') (this.stdin as unknown as PassThrough).write(rest);
  }

  /** What came before and had no end; an answer that was cut after its ESC, which was taken for a key, begins with it again. */
  #joined(said: string): string {
    return this.#escaped && said.startsWith(']11;') ? `\x1b${said}` : this.#begun + said;
  }

  #fakeOut(): NodeJS.WriteStream {
    const { columns, rows } = this.#terminal.out;
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    return Object.assign(stream, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
  }

  #fakeIn(): NodeJS.ReadStream {
    const stream = new PassThrough();
    const same = (): PassThrough => stream;
    return Object.assign(stream, {
      isTTY: true,
      setRawMode: same,
      ref: same,
      unref: same,
    }) as unknown as NodeJS.ReadStream;
  }
}

import { type Heard, TerminalInput } from './input.ts';
import { SlowOutput } from './slow-output.ts';
import { terminalSize } from './terminal-size.ts';

/** The part of a terminal that is needed to fill its screen. */
export interface Terminal {
  readonly in: NodeJS.ReadStream;
  readonly out: NodeJS.WriteStream & { readonly fd: number };
}

/**
 * Without wrapping (DECAWM): a line too long for a terminal that has just become narrower must not scroll the others away. With pastes told
 * apart from keys (xterm's bracketed paste, DEC mode 2004).
 */
const enter = '\x1b[?1049h\x1b[?25l\x1b[2J\x1b[?2004h\x1b[?7l';
const mouseOn = '\x1b[?1000h\x1b[?1006h';
/** First what may have begun and was cut: an update whose end was not taken. */
const leave = '\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l';

/** The end of the process, and an error that nobody caught, which is told of on the user's own screen. */
const ends = ['exit', 'uncaughtExceptionMonitor'] as const;

/** A terminal that takes nothing for so long at the end gets nothing more, in milliseconds. */
const endMs = 1000;

/**
 * The whole screen of a terminal, and its keyboard. Of each frame only the lines that changed are written, in the alternate screen, within
 * a synchronized update (DEC mode 2026).
 */
export class FullScreen {
  readonly #terminal: Terminal;
  readonly #withMouse: boolean;
  readonly #input: TerminalInput;
  readonly #output: SlowOutput;
  readonly #onEnd = (): void => this.#leave((text) => this.#output.writeLast(text));
  #painted: readonly string[] = [];
  #frame: readonly string[] = [];
  #isClear = true;
  #isHeard = false;
  #entered = false;

  constructor(terminal: Terminal, heard: Heard) {
    this.#terminal = terminal;
    this.#withMouse = heard.mouse !== undefined;
    this.#output = new SlowOutput(terminal.out);
    this.#input = new TerminalInput(heard);
  }

  get isEntered(): boolean {
    return this.#entered;
  }

  /** Takes the terminal; gives it back when the process ends, however it does. */
  enter(): void {
    if (this.#entered) return;
    this.#refreshSize();
    this.#entered = true;
    for (const end of ends) process.on(end, this.#onEnd);
    this.#output.block(false);
    this.#setRawMode(true);
    if (this.#isHeard) this.#listen();
    this.#output.write(this.#withMouse ? enter + mouseOn : enter);
    [this.#painted, this.#isClear] = [[], true];
    this.#paint();
  }

  /** From now on the keyboard is heard; what was typed before waits in the terminal. */
  hear(): void {
    this.#isHeard = true;
    if (this.#entered) this.#listen();
  }

  /** Shows a frame, a line a line. */
  readonly draw = (frame: readonly string[]): void => {
    this.#frame = frame;
    this.#paint();
  };

  /** Leaves the terminal as it was found. */
  leave(): void {
    this.#leave((text) => this.#output.write(text));
    this.#output.whenTaken(() => this.#entered || this.#output.block(true));
  }

  #leave(write: (text: string) => void): void {
    if (!this.#entered) return;
    this.#entered = false;
    const { in: input } = this.#terminal;
    for (const end of ends) process.off(end, this.#onEnd);
    input.off('data', this.#input.hear);
    this.#input.reset();
    this.#setRawMode(false);
    input.pause();
    write(leave);
  }

  /**
   * Resolves to whether the terminal has taken all that it was given, in so many milliseconds; of one that has not, by the end of the
   * process, nothing more is to be expected, and whatever is said to it would block.
   */
  isTaken(withinMs = endMs): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.#output.whenTaken(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  /** Writes what is no picture. */
  say(text: string): void {
    if (this.#entered) this.#output.write(text);
  }

  /** Clears it, because it has another size: what was shown is not of that size, the next frame is. */
  resized(): void {
    this.#frame = [];
    this.redraw();
  }

  redraw(): void {
    [this.#painted, this.#isClear] = [[], false];
    this.#paint();
  }

  /** A terminal that is closed under it takes no settings; that it is closed, SIGHUP tells. */
  #setRawMode(raw: boolean): void {
    const { in: input } = this.#terminal;
    const ignore = (): void => undefined;
    input.on('error', ignore);
    input.setRawMode(raw);
    input.off('error', ignore);
  }

  /** SIGWINCH tells only who is in the foreground of another size; node asks for it then alone, and emits `resize`. */
  #refreshSize(): void {
    (this.#terminal.out as { readonly _refreshSize?: () => void })._refreshSize?.();
  }

  #listen(): void {
    this.#terminal.in.on('data', this.#input.hear);
    this.#terminal.in.resume();
  }

  /** A line is erased before it is written: after it the cursor may stand on its last character, which would be erased with the rest. */
  #paint(): void {
    if (!this.#entered) return;
    if (!this.#output.isTaken) return this.#output.whenTaken(this.#repaint);
    const next = this.#frame.slice(0, terminalSize(this.#terminal.out).rows);
    let changed = this.#isClear ? '' : '\x1b[2J';
    for (let row = 0; row < Math.max(next.length, this.#painted.length); row += 1)
      if (next[row] !== this.#painted[row]) changed += `\x1b[${row + 1};1H\x1b[K${next[row] ?? ''}\x1b[0m`;
    [this.#painted, this.#isClear] = [next, true];
    if (changed !== '') this.#output.write(`\x1b[?2026h${changed}\x1b[?2026l`);
  }

  /** One function: however often it is wanted, it is painted once. */
  readonly #repaint = (): void => this.#paint();
}

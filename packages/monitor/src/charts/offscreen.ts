import { PassThrough } from 'node:stream';
import blessed, { type Widgets } from 'blessed';

/** What blessed does to a process for each screen: handlers for exit, signals and errors. A screen that nobody sees must not. */
interface Binder {
  bind: (screen: unknown) => void;
}
const { Screen, Program } = blessed as unknown as { readonly Screen: Binder; readonly Program: Binder };

/** A screen of blessed's without a terminal, for widgets to draw on. */
export class Offscreen {
  readonly screen: Widgets.Screen;
  readonly #rows: number;

  constructor(columns: number, rows: number) {
    this.#rows = rows;
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
    output.resume();
    this.screen = unbound(() =>
      blessed.screen({
        ...{
          input,
          output,
          terminal: 'xterm',
          smartCSR: false,
          fullUnicode: true,
          forceUnicode: true,
          warnings: false,
        },
      }),
    );
  }

  /** What is in the first columns of the screen, a line a line, with its colours as SGR sequences. */
  text(columns: number): readonly string[] {
    this.screen.render();
    const { screenshot } = this.screen as unknown as {
      readonly screenshot: (fromX: number, toX: number, fromY: number, toY: number) => string;
    };
    return screenshot.call(this.screen, 0, columns, 0, this.#rows).split('\n').slice(0, this.#rows);
  }

  close(): void {
    this.screen.destroy();
  }
}

function unbound<T>(work: () => T): T {
  const saved = [Screen.bind, Program.bind] as const;
  Screen.bind = () => undefined;
  Program.bind = () => undefined;
  try {
    return work();
  } finally {
    [Screen.bind, Program.bind] = saved;
  }
}

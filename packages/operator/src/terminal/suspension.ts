import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { FullScreen } from './full-screen.ts';

/** What of a process is needed to stop it. */
export type Stoppable = Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>;

type Screen = Pick<FullScreen, 'enter' | 'leave' | 'isEntered' | 'isTaken'>;

/** A terminal that takes nothing keeps nobody from being stopped for longer, in milliseconds. */
const takenMs = 500;

/** A process that still runs this long after it was to stop can't be stopped, in milliseconds. */
const stopsMs = 100;

/**
 * Stops this process and continues it as a terminal's user expects: stopped, by Ctrl-Z or by SIGTSTP from anybody, it has given the terminal
 * back; continued, it has it again, whoever changed it meanwhile. The system stops nobody whom no shell could continue (an orphaned
 * process group, as below `ssh host piw-monitor`): that is told.
 */
export class Suspension {
  readonly #screen: Screen;
  readonly #tell: (trouble: string) => void;
  readonly #process: Stoppable;
  readonly #onStop = (): void => void this.#stop(this.#process.pid);
  readonly #onContinue = (): void => this.#continued();
  #isOver = false;
  /** The stop that it is on its way to, or in; null where it goes on. */
  #stopping: symbol | null = null;

  constructor(screen: Screen, tell: (trouble: string) => void, on: Stoppable = process) {
    this.#screen = screen;
    this.#tell = tell;
    this.#process = on;
    on.on('SIGTSTP', this.#onStop).on('SIGCONT', this.#onContinue);
  }

  /** As Ctrl-Z does where nobody has taken the keyboard: all of the process group stops until somebody continues it. */
  suspend(): Promise<void> {
    return this.#stop(0);
  }

  close(): void {
    this.#isOver = true;
    this.#process.off('SIGTSTP', this.#onStop).off('SIGCONT', this.#onContinue);
  }

  /** Without a listener the signal does what it does to any program. Whether it was stopped, SIGCONT tells, which comes in the turn after it. */
  async #stop(whom: number): Promise<void> {
    if (this.#stopping !== null || !this.#screen.isEntered) return;
    const stop = Symbol('stop');
    this.#stopping = stop;
    this.#screen.leave();
    await this.#screen.isTaken(takenMs);
    this.#process.off('SIGTSTP', this.#onStop);
    this.#process.kill(whom, 'SIGTSTP');
    await delay(stopsMs);
    await turn();
    if (this.#isOver || this.#stopping !== stop) return;
    this.#goOn();
    this.#tell('It cannot be suspended here: there is no shell that could continue it.');
  }

  #continued(): void {
    if (this.#stopping !== null) return this.#goOn();
    if (!this.#screen.isEntered) return; // the terminal is another's
    this.#screen.leave(); // as found before, to be found again: somebody may have changed it
    this.#screen.enter();
  }

  #goOn(): void {
    this.#stopping = null;
    this.#process.on('SIGTSTP', this.#onStop);
    this.#screen.enter();
  }
}

import { oneLine } from './log-line.ts';

/** Where progress is drawn: standard error, or what a test holds in its stead. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line that says what is going on. */
export interface Progress {
  say(text: string): void;
  /** Takes the line away. */
  done(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;

/** A spinner with a line of text on a terminal; silent in a pipe. */
export function openProgress(output: ProgressOutput): Progress {
  if (!output.isTTY) return { say: () => undefined, done: () => undefined };
  let text = '';
  let frame = 0;
  const draw = (): void => {
    frame = (frame + 1) % frames.length;
    output.write(`\r\x1b[K${`${frames[frame]!} ${oneLine(text)}`.slice(0, (output.columns ?? 80) - 1)}`);
  };
  const timer = setInterval(draw, frameMs);
  timer.unref();
  return {
    say: (next) => {
      text = next;
      draw();
    },
    done: () => {
      clearInterval(timer);
      output.write('\r\x1b[K');
    },
  };
}

import { type Step, stepTo } from '../commands/command.ts';
import { steady } from '../text/steady.ts';
import type { Monitor } from './monitor.ts';
import { telling } from './notices.ts';
import { typedInto } from './press.ts';
import { inserted } from './typed.ts';

/** Longer than any name, pattern or reason; in code units. */
const mostPasted = 1000;

/** Pasted text goes into the line that is typed, as one line; where none is, it is no keys. */
export function paste(monitor: Monitor, text: string): Step {
  const { prompt } = monitor;
  if (prompt === null || prompt.for === 'yes')
    return stepTo(
      telling(monitor, 'odd', 'What was pasted is ignored: it is no keys. Lines take it, as after / and : do.'),
    );
  const pasted = steady(text.slice(0, mostPasted)).trim();
  return stepTo(typedInto(monitor, prompt, inserted(prompt.typed, pasted)));
}

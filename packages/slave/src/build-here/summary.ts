import { formatDuration } from '@piw/host/duration';
import { targetName } from '@piw/wheel/target';
import type { Step } from '@piw/wire/vocabulary';
import type { BuildEnd } from '../build/build-order.ts';
import type { Interpreter } from '../interpreters/interpreter.ts';

const marks: Record<Step['outcome'], string> = {
  running: '…',
  passed: '✓',
  failed: '✗',
  'not-checked': '?',
  skipped: '-',
};

/** What came of a build, a line a step, and a last one with the outcome and what to know about it: there a failed step says why. */
export function summary(
  title: string,
  { target }: Interpreter,
  { steps, outcome, reason }: BuildEnd,
  wheels: readonly string[],
): string[] {
  const rows = steps.map(({ name, outcome: ended, durationMs, note }) => {
    const duration = formatDuration(durationMs ?? 0);
    return `  ${marks[ended]} ${name.padEnd(10)} ${duration.padStart(6)}  ${(ended === 'failed' ? null : note) ?? ''}`.trimEnd();
  });
  const what = reason === null ? wheels.join(' ') : reason.text;
  return ['', `${title} ${targetName(target)}`, ...rows, `${outcome}  ${what}`];
}

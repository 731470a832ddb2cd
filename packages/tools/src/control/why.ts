import { UsageError } from '@piw/host/operator-error';
import type { Answer, Question } from '@piw/wire/control-protocol';
import { look } from './look.ts';
import { line, type Page, styled } from './page.ts';
import { whichCells, withTarget } from './which-cells.ts';

export const whyCommand = look({
  command: 'why [package]',
  describe: 'Tell why something is not being built, or a slave is idle',
  builder: (yargs) =>
    withTarget(
      yargs.positional('package', {
        type: 'string',
        describe: 'PACKAGE (its newest version) or PACKAGE==VERSION, at all targets',
      }),
    ).option('slave', { type: 'string', describe: 'Why this slave is idle' }),
  question: 'WHY',
  ask: (args) => whatAbout(args),
  page: (answer) => whyPage(answer),
});

interface Asked {
  readonly package: string | undefined;
  readonly target: string | undefined;
  readonly slave: string | undefined;
}

function whatAbout({ package: name, target, slave }: Asked): Question<'WHY'> {
  if (slave !== undefined && name === undefined && target === undefined) return { slave };
  if (slave !== undefined) throw new UsageError('--slave goes alone.', 'Ask about a slave, or about a package.');
  if (name === undefined) throw new UsageError('Why what?', 'Name a package, or a slave with --slave LABEL.');
  return whichCells({ package: name, target });
}

/** A line each: it is cut nowhere. Most sentences about a slave begin with its label, and name it once. */
export const whyPage = ({ reasons }: Answer<'WHY'>): Page =>
  reasons.length === 0
    ? [line('The farm has no targets yet.')]
    : reasons.flatMap(({ subject, kind, text, attempt }) => [
        text.startsWith(`${subject} `) ? line(text) : line(styled('dim', `${subject}:`), text),
        ...(kind === 'failed' && attempt !== null ? [line(`  See: piw-control log ${attempt}`)] : []),
      ]);

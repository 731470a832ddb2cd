import type { Command } from '../commands/command.ts';
import { commands } from '../commands/commands.ts';
import type { Monitor, Notice, Prompt } from '../state/monitor.ts';
import { charactersOf } from '../text/characters.ts';
import { cutLine, widthOf } from '../text/fit.ts';
import { type Line, line, type Span, span } from '../text/span.ts';

const noticeGlyphs = { good: '✓', odd: '▲', bad: '✕' } as const satisfies Record<Notice['tone'], string>;

/** What was told last, and what the keys do or what is being typed. */
export function drawFoot(monitor: Monitor): readonly Line[] {
  const { notices, prompt, size } = monitor;
  const told = notices.map(({ tone, text }) => line(' ', span(`${noticeGlyphs[tone]} ${text}`, tone)));
  return [...told, prompt ? drawPrompt(prompt) : hints(monitor)].map((one) => cutLine(one, size.columns));
}

const leads = {
  filter: '/',
  command: ':',
  search: 'search /',
  file: 'save the whole log to: ',
} as const;

function drawPrompt(prompt: Prompt): Line {
  switch (prompt.for) {
    case 'yes':
      return line(' ', span(prompt.order.doubt ?? '', 'bad'), span('  y', 'key'), ' yes  ', span('n', 'key'), ' no');
    case 'reason':
      return typed(
        `${prompt.order.words}, why? ${prompt.order.reason === 'may' ? '(may be left out) ' : ''}`,
        prompt.typed,
      );
    default:
      return typed(leads[prompt.for], prompt.typed);
  }
}

/** The place where the next character goes is seen without a cursor. */
function typed(lead: string, { text, at }: { readonly text: string; readonly at: number }): Line {
  const characters = charactersOf(text);
  const under: Span = { text: characters[at] ?? ' ', tone: 'cursor' };
  return line(' ', span(lead, 'key'), characters.slice(0, at).join(''), under, characters.slice(at + 1).join(''));
}

/** As many as there is room for, whole; how to leave and where to read all of them stay to the last. */
function hints(monitor: Monitor): Line {
  const shown = commands.filter(({ hint, when }) => hint !== undefined && when(monitor));
  const [lasting, others] = [shown.filter(isLasting), shown.filter((one) => !isLasting(one))];
  let room = monitor.size.columns - 1 - sum(lasting.map(hintWidth));
  const fitting = others.filter((one) => (room -= hintWidth(one)) >= 0);
  return line(' ', ...[...fitting, ...lasting].flatMap(hintSpans));
}

const isLasting = ({ group }: Command): boolean => group === 'Program';

const hintSpans = ({ keys, hint }: Command): Span[] => [span(keys[0] ?? '', 'key'), span(` ${hint}  `, 'dim')];

const hintWidth = (one: Command): number => sum(hintSpans(one).map(({ text }) => widthOf(text)));

const sum = (widths: readonly number[]): number => widths.reduce((all, width) => all + width, 0);

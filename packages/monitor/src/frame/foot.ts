import type { Command } from '../commands/command.ts';
import { commands } from '../commands/commands.ts';
import { reachable } from '../commands/reachable.ts';
import { completion } from '../state/complete.ts';
import type { Monitor, Prompt, Typed } from '../state/monitor.ts';
import { questionOf } from '../state/order.ts';
import { faultOfFilter } from '../table/arrange.ts';
import { charactersOf } from '../text/characters.ts';
import { cut, cutLine } from '../text/fit.ts';
import { patternOf } from '../text/pattern.ts';
import { type Line, line, type Span, span } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import { noticeLines } from './notices.ts';

/** What was told last, and what the keys do or what is being typed. */
export function drawFoot(monitor: Monitor): readonly Line[] {
  const { prompt, size } = monitor;
  const could = prompt?.for === 'command' ? [drawCompletion(monitor, prompt.typed.text)] : [];
  return [...noticeLines(monitor), ...could, prompt ? drawPrompt(prompt, monitor) : hints(monitor)].map((one) =>
    cutLine(one, size.columns),
  );
}

/** What stands before what is typed, and what Enter makes of it. */
const leads = {
  filter: ['/', 'keeps it'],
  command: [':', 'does it'],
  search: ['search /', 'finds it'],
  file: ['save the whole log to: ', 'saves it'],
} as const;

/** What could be typed next; where nothing could, what the command does. */
function drawCompletion(monitor: Monitor, text: string): Line {
  const { words, command } = completion(monitor, text);
  const about = command ? `${command.takes ?? ''}  ${command.about}`.trim() : '';
  if (words.length === 0 || (words.length === 1 && text === words[0])) return line('  ', span(about, 'dim'));
  const shown: Span[] = [{ text: ' ' }];
  let room = monitor.size.columns - 16;
  for (const [nth, word] of words.entries()) {
    room -= widthOf(word) + 1;
    if (room < 0 && nth > 0) return line(...shown, span(` and ${words.length - nth} more`, 'dim'));
    shown.push(span(` ${word}`, 'key'));
  }
  return line(...shown);
}

/** However long the question is. */
const answers = [span('  y', 'key'), ' yes  ', span('n', 'key'), ' no '] as const;
const answersWidth = 16;

function drawPrompt(prompt: Prompt, monitor: Monitor): Line {
  switch (prompt.for) {
    case 'yes':
      return line(
        ' ',
        span(cut(questionOf(prompt.order, monitor), monitor.size.columns - answersWidth), 'bad'),
        ...answers,
      );
    case 'reason':
      return typed(
        `${prompt.order.words}, why? ${prompt.order.reason === 'may' ? '(may be left out) ' : ''}`,
        'goes on',
        prompt.typed,
      );
    default:
      return typed(leads[prompt.for][0], leads[prompt.for][1], prompt.typed, faultIn(prompt));
  }
}

/** What is said of an expression that is none, while it is typed. */
function faultIn(prompt: Prompt): string | null {
  if (prompt.for === 'filter') return faultOfFilter(prompt.typed.text);
  return prompt.for === 'search' ? patternOf(prompt.typed.text).fault : null;
}

/** The place where the next character goes is seen without a cursor. */
function typed(lead: string, does: string, { text, at }: Typed, fault: string | null = null): Line {
  const characters = charactersOf(text);
  const under: Span = { text: characters[at] ?? ' ', tone: 'cursor' };
  const before = [span(lead, 'key'), characters.slice(0, at).join('')];
  const faulty = fault === null ? [] : [span(`  ▲ ${fault}: looked for as it is`, 'odd')];
  const ways = [span('   enter', 'key'), span(` ${does}`, 'dim'), span('  esc', 'key'), span(' leaves it', 'dim')];
  return line(' ', ...before, under, characters.slice(at + 1).join(''), ...faulty, ...ways);
}

/** As many as there is room for, whole; how to leave and where to read all of them stay to the last. */
function hints(monitor: Monitor): Line {
  const shown = reachable(commands, monitor).flatMap(({ keys: [key], hint, group }) => {
    const word = typeof hint === 'function' ? hint(monitor) : hint;
    return key === undefined || word === undefined ? [] : [{ key, word, group }];
  });
  const [lasting, others] = [shown.filter(isLasting), shown.filter((one) => !isLasting(one))];
  let room = monitor.size.columns - 1 - sum(lasting.map(hintWidth));
  const fitting = others.filter((one) => (room -= hintWidth(one)) >= 0);
  return line(' ', ...[...fitting, ...lasting].flatMap(hintSpans));
}

interface Hint {
  readonly key: string;
  readonly word: string;
  readonly group: Command['group'];
}

const isLasting = ({ group }: Hint): boolean => group === 'Program';

const hintSpans = ({ key, word }: Hint): Span[] => [span(key, 'key'), span(` ${word}  `, 'dim')];

const hintWidth = (one: Hint): number => sum(hintSpans(one).map(({ text }) => widthOf(text)));

const sum = (widths: readonly number[]): number => widths.reduce((all, width) => all + width, 0);

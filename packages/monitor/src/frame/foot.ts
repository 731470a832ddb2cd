import { commands } from '../commands/commands.ts';
import { completion } from '../state/complete.ts';
import type { Monitor, Notice, Prompt } from '../state/monitor.ts';
import { charactersOf } from '../text/characters.ts';
import { cutLine, widthOf } from '../text/fit.ts';
import { type Line, line, type Span, span, textOf } from '../text/span.ts';

const noticeGlyphs = { good: '✓', odd: '▲', bad: '✕' } as const satisfies Record<Notice['tone'], string>;

/** What was told last, and what the keys do or what is being typed. */
export function drawFoot(monitor: Monitor): readonly Line[] {
  const { notices, prompt, size } = monitor;
  const told = notices.map(({ tone, text }) => line(' ', span(`${noticeGlyphs[tone]} ${text}`, tone)));
  const could = prompt?.for === 'command' ? [drawCompletion(monitor, prompt.typed.text)] : [];
  return [...told, ...could, prompt ? drawPrompt(prompt) : hints(monitor)].map((one) => cutLine(one, size.columns));
}

const leads = {
  filter: '/',
  command: ':',
  search: 'search /',
  file: 'save the whole log to: ',
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

/** As many as there is room for whole; the last is where the others are told. */
function hints(monitor: Monitor): Line {
  const all = commands.filter(({ hint, when }) => hint !== undefined && when(monitor));
  const drawn = all.map(({ keys, hint }): Span[] => [span(keys[0] ?? '', 'key'), span(` ${hint!}  `, 'dim')]);
  const last = drawn.pop() ?? [];
  let room = monitor.size.columns - 1 - widthOf(textOf({ spans: last }));
  const fitting = drawn.filter((spans) => {
    room -= widthOf(textOf({ spans }));
    return room >= 0;
  });
  return line(' ', ...fitting.flat(), ...last);
}

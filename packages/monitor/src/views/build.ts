import { formatDuration } from '@piw/host/duration';
import { formatSize } from '@piw/host/size';
import { age, moment } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { answerTo, lookOf, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type Line, line, type Span, span, type Tone } from '../text/span.ts';
import { wrap } from '../text/wrap.ts';
import { failuresWish, remedyOf } from './failures.ts';
import { outcomeSpan } from './outcome-words.ts';
import type { PageView } from './view.ts';

type Known = Answer<'BUILD'>;
type Step = Known['steps'][number];

/** One attempt: what became of it and why, its steps, its files, its log. */
export const buildPage = (attempt: number): PageView => ({
  kind: 'page',
  wishes: (monitor) => [
    wish('BUILD', { attempt }, 3000),
    ...(pictureOf(attempt, monitor)?.reason ? [failuresWish(60_000)] : []),
  ],
  attempt: () => attempt,
  lines: (monitor, width) => {
    const known = answerTo(monitor.looks, 'BUILD', { attempt });
    const build = pictureOf(attempt, monitor);
    if (build === undefined)
      return [
        line(span(lookOf(monitor.looks, wish('BUILD', { attempt }, 0))?.trouble ?? 'Asking the master …', 'dim')),
      ];
    return [
      ...about(build, monitor, width),
      ...(known ? [steps(known.steps, monitor.nowMs), ...files(known.files)] : []),
    ];
  },
});

const pictureOf = (attempt: number, { feed, looks }: Monitor): BuildPicture | undefined =>
  feed.board?.builds.find((build) => build.attempt === attempt) ?? answerTo(looks, 'BUILD', { attempt })?.build;

function about(build: BuildPicture, monitor: Monitor, width: number): Line[] {
  const { attempt, startedMs, endedMs, outcome, reason, target, slave } = build;
  const remedy = reason && remedyOf(monitor, reason);
  return [
    line(' ', span(`${build.package} ${build.version}`, 'strong'), `  ${target}  on ${slave}  attempt ${attempt}`),
    line(' ', outcomeSpan(outcome), `  began ${moment(startedMs)}, took ${age(startedMs, endedMs ?? monitor.nowMs)}`),
    ...(reason ? led(span(wordOf(reason), 'bad'), reason.text, width) : []),
    ...(remedy ? led(span('what would mend it', 'strong'), remedy, width) : []),
  ];
}

const wordOf = ({ kind, subject }: NonNullable<BuildPicture['reason']>): string =>
  subject === null ? kind : `${kind} ${subject}`;

/** A text after the word that it explains, whole: what has no room is told on further lines. */
function led(lead: Span, text: string, width: number): Line[] {
  const [first = '', ...others] = wrap(`${lead.text}  ${text}`, width - 3);
  if (!first.startsWith(`${lead.text}  `))
    return [line(' ', lead), ...wrap(text, width - 3).map((one) => line('   ', one))];
  return [line(' ', lead, first.slice(lead.text.length)), ...others.map((one) => line('   ', one))];
}

const glyphs: Readonly<Record<Step['outcome'], readonly [string, Tone | undefined]>> = {
  running: ['●', 'good'],
  passed: ['✓', 'good'],
  failed: ['✗', 'bad'],
  'not-checked': ['▲', 'odd'],
  skipped: ['·', 'dim'],
};

/** All steps in a line. */
export const steps = (all: readonly Step[], nowMs: number): Line =>
  line(
    ' ',
    ...all.flatMap((step): Span[] => [span(...glyphs[step.outcome]), span(` ${step.name} ${lasted(step, nowMs)}   `)]),
  );

const lasted = ({ durationMs, startedMs }: Step, nowMs: number): string =>
  durationMs === null ? age(startedMs, nowMs) : formatDuration(durationMs);

const files = (all: Known['files']): Line[] =>
  all.map(({ filename, sizeBytes, url }) =>
    line(' ', span(filename, 'strong'), `  ${formatSize(sizeBytes)}${url === null ? '  not listed' : ''}`),
  );

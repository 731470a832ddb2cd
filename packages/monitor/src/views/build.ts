import { formatDuration } from '@piw/host/duration';
import { formatSize } from '@piw/host/size';
import { age, moment } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { answerTo, lookOf, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type Line, line, type Span, span, type Tone } from '../text/span.ts';
import { outcomeSpan } from './outcome-words.ts';
import type { PageView } from './view.ts';

type Known = Answer<'BUILD'>;
type Step = Known['steps'][number];

/** One attempt: what became of it and why, its steps, its files, its log. */
export const buildPage = (attempt: number): PageView => ({
  kind: 'page',
  wishes: () => [wish('BUILD', { attempt }, 3000)],
  attempt: () => attempt,
  lines: (monitor) => {
    const known = answerTo(monitor.looks, 'BUILD', { attempt });
    const onBoard = monitor.feed.board?.builds.find((build) => build.attempt === attempt);
    const build = onBoard ?? known?.build;
    if (build === undefined)
      return [
        line(span(lookOf(monitor.looks, wish('BUILD', { attempt }, 0))?.trouble ?? 'Asking the master …', 'dim')),
      ];
    return [...about(build, monitor), ...(known ? [steps(known.steps, monitor.nowMs), ...files(known.files)] : [])];
  },
});

function about(build: BuildPicture, { nowMs }: Monitor): Line[] {
  const { attempt, startedMs, endedMs, outcome, reason, target, slave } = build;
  return [
    line(' ', span(`${build.package} ${build.version}`, 'strong'), `  ${target}  on ${slave}  attempt ${attempt}`),
    line(' ', outcomeSpan(outcome), `  began ${moment(startedMs)}, took ${age(startedMs, endedMs ?? nowMs)}`),
    ...(reason
      ? [
          line(
            ' ',
            span(reason.subject === null ? reason.kind : `${reason.kind} ${reason.subject}`, 'bad'),
            `  ${reason.text}`,
          ),
        ]
      : []),
  ];
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

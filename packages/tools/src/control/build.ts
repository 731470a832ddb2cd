import { formatDuration } from '@piw/host/duration';
import { formatSize } from '@piw/host/size';
import { age, moment } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { look } from './look.ts';
import { type Cell, facts, line, type Page, type Part, section, table, title } from './page.ts';
import { outcomeCell, stepCell } from './states.ts';
import { withAttempt } from './which-attempt.ts';

type BuildAnswer = Answer<'BUILD'>;
type PublishedFile = BuildAnswer['files'][number];

export const buildCommand = look({
  command: 'build <attempt>',
  describe: 'Show one attempt: its steps, its files, why it ended as it did',
  builder: (yargs) => withAttempt(yargs),
  question: 'BUILD',
  ask: ({ attempt }) => ({ attempt }),
  page: (answer, nowMs) => buildPage(answer, nowMs),
});

/** All that is known of an attempt. */
export const buildPage = ({ build, steps, files, logBytes, logUrl }: BuildAnswer, nowMs: number): Page => [
  facts([
    ['attempt', String(build.attempt)],
    ['package', `${build.package} ${build.version}`],
    ['target', build.target],
    ['slave', build.slave],
    ['began', moment(build.startedMs)],
    ['took', age(build.startedMs, build.endedMs ?? nowMs)],
    ['outcome', outcomeCell(build.outcome)],
    [
      'reason',
      build.reason && `${build.reason.kind}${build.reason.subject === null ? '' : ` ${build.reason.subject}`}`,
    ],
    ['log', `${formatSize(logBytes)}, ${logUrl ?? `piw-control log ${build.attempt}`}`],
  ]),
  ...(build.reason === null ? [] : [line(''), line(build.reason.text)]),
  ...section(
    'Steps',
    ['STEP', 'OUTCOME', 'TOOK', 'NOTE'],
    steps.map(({ name, outcome, startedMs, durationMs, note }): Cell[] => [
      name,
      stepCell(outcome),
      durationMs === null ? age(startedMs, nowMs) : formatDuration(durationMs),
      note ?? '',
    ]),
  ),
  ...(files.length === 0 ? [] : [title('Files'), ...files.flatMap(filePart)]),
];

/** Filenames are long: each has lines of its own. */
const filePart = ({ filename, sizeBytes, sha256, url, dependencies }: PublishedFile): Part[] => [
  line(filename),
  table(
    [],
    [
      ['  size', formatSize(sizeBytes)],
      ['  sha256', sha256],
      ['  url', url ?? 'not listed'],
      ...Object.entries(dependencies).map(([manager, packages]) => [`  ${manager}`, packages.join(' ')]),
    ],
  ),
];

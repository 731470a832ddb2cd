import { recently } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { answerTo, lookOf, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { type Line, line, type Span, span, type Tone } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import type { ListView } from './view.ts';

type Known = Answer<'PACKAGE'>;
type Version = Known['versions'][number];
type Cell = Version['cells'][number];

const cells: Readonly<Record<Cell['state'], readonly [string, Tone | undefined]>> = {
  file: ['✓', 'good'],
  built: ['▲ elsewhere', 'odd'],
  failed: ['✗', 'bad'],
  skipped: ['· skipped', 'dim'],
  excluded: ['· excluded', 'dim'],
  upstream: ['✓ upstream', 'good'],
  waiting: ['○ waiting', undefined],
  delayed: ['○ delayed', 'odd'],
  building: ['● building', 'good'],
  none: ['–', 'dim'],
};

function cellSpan(cell: Cell | undefined): Span {
  if (cell === undefined) return span('');
  const [glyph, tone] = cells[cell.state];
  return span(cell.state === 'failed' ? `${glyph} ${cell.outcome ?? ''} ${cell.text ?? ''}` : glyph, tone);
}

const columnsOf = (known: Known, nowMs: number): readonly ColumnOf<Version>[] => [
  {
    id: 'version',
    title: 'VERSION',
    width: 14,
    yields: 0,
    fixed: true,
    cell: ({ version }) => span(version, 'strong'),
  },
  {
    ...{ id: 'released', title: 'RELEASED', width: 11, yields: 2 },
    cell: ({ releasedMs }) => span(releasedMs === null ? '' : recently(releasedMs, nowMs), 'dim'),
    sortBy: ({ releasedMs }) => releasedMs,
  },
  ...known.targets.map(
    (target): ColumnOf<Version> => ({
      ...{ id: target, title: target, width: Math.max(12, widthOf(target)), yields: 3 },
      cell: (version) => cellSpan(version.cells.find((cell) => cell.target === target)),
    }),
  ),
  { id: 'note', title: '', width: 10, grows: true, yields: 1, cell: noteOn },
];

/** The versions of a package against the targets. */
export function packageView(name: BuildPicture['package'] | null): ListView {
  const known = ({ looks }: Monitor): Known | undefined =>
    name === null ? undefined : answerTo(looks, 'PACKAGE', { package: name });
  return {
    kind: 'list',
    columns: (monitor) => {
      const its = known(monitor);
      return its ? columnsOf(its, monitor.nowMs) : [];
    },
    above: (monitor) => heading(name, known(monitor)),
    rows: (monitor) => {
      const its = known(monitor);
      if (name === null || !its) return [];
      return rowsOf(columnsOf(its, monitor.nowMs), its.versions, {
        key: ({ version }) => version,
        ref: ({ version }) => ({ of: 'version', package: name, version }),
        cellRef: ({ version }, target) => ({ of: 'cell', cell: { package: name, version, target } }),
      });
    },
    empty: (monitor) => {
      if (name === null) return ':package NAME shows one; so does m on what was built, failed or waits.';
      const trouble = lookOf(monitor.looks, wish('PACKAGE', { package: name }, 0))?.trouble;
      return trouble ?? (known(monitor) ? 'The farm has no version of it.' : 'Asking the master …');
    },
    wishes: () => (name === null ? [] : [wish('PACKAGE', { package: name }, 5000)]),
    cells: (monitor) => known(monitor)?.targets ?? [],
    open: ({ ref }) => {
      if (ref.of === 'cell') return { view: 'why', of: ref.cell };
      return ref.of === 'version'
        ? { view: 'why', of: { package: ref.package, version: ref.version, target: null } }
        : null;
    },
  };
}

const heading = (name: string | null, known: Known | undefined): Line[] =>
  name === null
    ? []
    : [
        line(
          ' ',
          span(name, 'strong'),
          `  ${known?.description ?? ''}`,
          span(known?.recipe ? `  recipe: ${Object.keys(known.recipe).join(', ')}` : '', 'dim'),
          span(known?.skipped == null ? '' : `  skipped: ${known.skipped}`, 'odd'),
        ),
      ];

const noteOn = ({ asked, skipped, yanked }: Version): Span =>
  span(
    [
      ...(asked ? ['asked for'] : []),
      ...(skipped === null ? [] : [`skipped: ${skipped}`]),
      ...(yanked === null ? [] : [yanked === '' ? 'yanked' : `yanked: ${yanked}`]),
    ].join(', '),
    'odd',
  );

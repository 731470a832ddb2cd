import { recently } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { parseWish } from '../farm/wishes.ts';
import { withLimit } from './how-many.ts';
import { look } from './look.ts';
import { type Cell, facts, line, type Page, section, styled, table } from './page.ts';
import { cellStyle } from './states.ts';

type PackageAnswer = Answer<'PACKAGE'>;
type Version = PackageAnswer['versions'][number];
type MatrixCell = Version['cells'][number];

export const packageCommand = look({
  command: 'package <package>',
  describe: 'Show a package: its versions against the targets',
  builder: (yargs) =>
    withLimit(yargs, 'versions').positional('package', {
      type: 'string',
      demandOption: true,
      describe: 'PACKAGE, or PACKAGE==VERSION for that version alone',
    }),
  question: 'PACKAGE',
  ask: (args) => ({ package: parseWish(args.package).package }),
  page: (answer, nowMs, args) => {
    const { version } = parseWish(args.package);
    const versions = answer.versions.filter((one) => version === null || one.version === version);
    return packagePage({ ...answer, versions }, args.limit, nowMs);
  },
});

/** The matrix of the newest versions, and beneath it why cells have no wheel. */
export function packagePage(about: PackageAnswer, limit: number, nowMs: number): Page {
  const versions = about.versions.slice(0, limit);
  const matrix = versions.map((one) => matrixRow(one, about.targets, nowMs));
  return [
    facts([
      ['package', about.package],
      ['about', about.description],
      ['skipped', about.skipped === null ? null : styled('odd', about.skipped)],
      ['recipe', about.recipe && JSON.stringify(about.recipe)],
    ]),
    line(''),
    matrix.length === 0
      ? line('The farm has no such version of it.')
      : table(['VERSION', 'RELEASED', ...about.targets, ''], matrix),
    ...leftOut(about.versions.length - versions.length),
    ...section('Why there is no wheel', ['ATTEMPT', 'VERSION', 'TARGET', 'OUTCOME', 'WHY'], versions.flatMap(failures)),
  ];
}

const matrixRow = (
  { version, releasedMs, cells, ...notes }: Version,
  targets: readonly string[],
  nowMs: number,
): Cell[] => [
  version,
  releasedMs === null ? '' : recently(releasedMs, nowMs),
  ...targets.map((target) => cellText(cells.find((cell) => cell.target === target))),
  noteOn(notes),
];

const cellText = (cell: MatrixCell | undefined): Cell =>
  cell === undefined ? '' : styled(cellStyle(cell.state), cell.state === 'none' ? '-' : cell.state);

const noteOn = ({ yanked, skipped, asked }: Pick<Version, 'yanked' | 'skipped' | 'asked'>): Cell =>
  [
    ...(asked ? ['asked for'] : []),
    ...(skipped === null ? [] : [`skipped: ${skipped}`]),
    ...(yanked === null ? [] : [`yanked${yanked === '' ? '' : `: ${yanked}`}`]),
  ].join(', ');

const failures = ({ version, cells }: Version): Cell[][] =>
  cells
    .filter(({ state }) => state === 'failed' || state === 'built')
    .map(({ attempt, target, outcome, text }) => [
      attempt === null ? '' : String(attempt),
      version,
      target,
      outcome ?? '',
      text ?? '',
    ]);

const leftOut = (count: number) => (count > 0 ? [line(styled('dim', `and ${count} more`))] : []);

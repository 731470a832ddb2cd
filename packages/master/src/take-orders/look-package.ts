import { mapInTurns } from '@piw/db/in-turns';
import type { Cell } from '@piw/db/matrix-cells';
import { type PackageMatrix, packageMatrix } from '@piw/db/package-matrix';
import { atOneMoment } from '@piw/db/transaction';
import { Refusal } from '@piw/host/operator-error';
import { compareTargets, targetName } from '@piw/wheel/target';
import type { Reply } from '@piw/wire/control-protocol';
import { recipe } from '@piw/wire/vocabulary';
import { wheelPath } from '../published-path.ts';
import type { Answering } from './office.ts';
import { urlOf } from './site-url.ts';

type CellAnswer = Reply<'PACKAGE'>['versions'][number]['cells'][number];

/** A package: how each of its versions stands at each target. */
export const packageLooks: Answering<'PACKAGE'> = ({ premises: { pool, options } }) => ({
  PACKAGE: async ({ package: name }) => {
    const matrix = await atOneMoment(pool, (db) => packageMatrix(db, name));
    if (!matrix) throw new Refusal(`There is no package ${name} here.`, `Add it: piw-add ${name}`);
    return answerOf(matrix, urlOf(options));
  },
});

async function answerOf(matrix: PackageMatrix, urlIn: (path: string) => string): Promise<Reply<'PACKAGE'>> {
  const targets = matrix.targets.toSorted(compareTargets);
  return {
    package: matrix.package,
    description: matrix.description,
    skipped: matrix.skipped,
    recipe: matrix.recipe === null ? null : recipe.parse(matrix.recipe),
    targets: targets.map(targetName),
    versions: await mapInTurns(
      matrix.versions.filter(({ deleted }) => !deleted),
      ({ version, releasedMs, yanked, skipped, asked, cells }) => ({
        ...{ version, releasedMs, yanked, skipped, asked },
        cells: targets.flatMap((target) => {
          const cell = cells.find(({ targetId }) => targetId === target.targetId);
          return cell ? [cellAnswer(targetName(target), cell, urlIn)] : [];
        }),
      }),
    ),
  };
}

const cellAnswer = (target: string, cell: Cell, urlIn: (path: string) => string): CellAnswer => ({
  target,
  ...{ state: cell.state, attempt: cell.attempt, outcome: cell.outcome, text: cell.text },
  file: cell.file?.filename ?? null,
  url: cell.file ? urlIn(wheelPath(cell.file.sha256, cell.file.filename)) : null,
});

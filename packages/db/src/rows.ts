import type { z } from 'zod';
import type { Queryable } from './queryable.ts';

/** A statement with the name under which a connection keeps its plan. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** The rows that a statement gives, each as its schema has it; throws what the database or the schema objects to. */
export async function rows<S extends z.ZodType>(
  db: Queryable,
  { name, text }: Statement,
  row: S,
  values: readonly unknown[] = [],
): Promise<z.output<S>[]> {
  const answer = await db.query({ name, text, values: [...values] });
  return answer.rows.map((found) => row.parse(found));
}

/** The first row that a statement gives, undefined where there is none. */
export async function firstRow<S extends z.ZodType>(
  db: Queryable,
  statement: Statement,
  row: S,
  values: readonly unknown[] = [],
): Promise<z.output<S> | undefined> {
  return (await rows(db, statement, row, values))[0];
}

/** How many rows a statement touched. */
export async function touched(
  db: Queryable,
  { name, text }: Statement,
  values: readonly unknown[] = [],
): Promise<number> {
  return (await db.query({ name, text, values: [...values] })).rowCount ?? 0;
}

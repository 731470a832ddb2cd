import { nearest } from '@piw/host/nearest';
import type { Column } from './table.ts';

/** The columns that were chosen, in the order that was chosen; without a choice those that are usual. */
export function chosenColumns<C extends Column>(all: readonly C[], choice: readonly string[] | null): readonly C[] {
  if (choice === null) return all.filter(({ spare }) => spare !== true);
  const shown = choice.flatMap((id) => all.find((column) => column.id === id) ?? []);
  return shown.length > 0 ? shown : chosenColumns(all, null);
}

/** The column that somebody means, by its name or its head; undefined where there is none. */
export function columnCalled<C extends Column>(all: readonly C[], word: string): C | undefined {
  const wanted = word.toLowerCase();
  return all.find(({ id }) => id === wanted) ?? all.find(({ title }) => title.toLowerCase() === wanted);
}

/** What is said of a word that no column is called. */
export function noSuchColumn(all: readonly Column[], word: string): string {
  const ids = all.map(({ id }) => id);
  const meant = nearest(word, ids);
  return `There is no column ${word}. ${meant === undefined ? `There are ${ids.join(', ')}.` : `Did you mean ${meant}?`}`;
}

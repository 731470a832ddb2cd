import { type Typing, withCommandsAsTyped } from '@piw/host/as-typed';

/** What a command shows, before it is known where: each text may be a stranger's. */
export type Page = readonly Part[];

/** A part of a page: a line, an empty line before a title, or rows whose columns stand under each other. */
export type Part =
  | { readonly type: 'line'; readonly cells: readonly Cell[] }
  | { readonly type: 'title'; readonly text: string }
  | { readonly type: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

/** Text, with how it is to be seen where there are colours. */
export type Cell = string | { readonly text: string; readonly style: Style };

export type Style = 'good' | 'bad' | 'odd' | 'busy' | 'dim';

export const line = (...cells: Cell[]): Part => ({ type: 'line', cells });
export const title = (text: string): Part => ({ type: 'title', text });
export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): Part => ({
  type: 'table',
  head,
  rows,
});
/** Names at the left, what there is to say of them at the right; those with nothing to say are left out. */
export const facts = (all: readonly (readonly [string, Cell | null])[]): Part =>
  table(
    [],
    all.flatMap(([name, cell]) => (cell === null ? [] : [[name, cell]])),
  );
/** A table under its title, or nothing where it would be empty. */
export const section = (name: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Part[] =>
  rows.length === 0 ? [] : [title(name), table(head, rows)];

/** A page with the commands in its texts as they are typed here. */
export function pageAsTyped(page: Page, typing: Typing): Page {
  const cell = (one: Cell): Cell =>
    typeof one === 'string'
      ? withCommandsAsTyped(one, typing)
      : { ...one, text: withCommandsAsTyped(one.text, typing) };
  return page.map((part): Part => {
    if (part.type === 'line') return { ...part, cells: part.cells.map(cell) };
    return part.type === 'table' ? { ...part, rows: part.rows.map((row) => row.map(cell)) } : part;
  });
}

export const styled = (style: Style | null, text: string): Cell => (style === null ? text : { text, style });

import type { BuildSearch } from './build-search.ts';
import type { CellRef, JournalEntry, PackageName } from './ref.ts';

/** The views that have a number. */
export const viewNames = ['builders', 'queue', 'builds', 'failures', 'package', 'charts', 'journal'] as const;
export type ViewName = (typeof viewNames)[number];

/** Cells that are asked about: a version's, at one target or all. */
export type Cells = Omit<CellRef, 'target'> & { readonly target: string | null };

/** Where the operator is: a view, or something opened in one. */
export type Place =
  | { readonly view: Exclude<ViewName, 'package'> }
  | { readonly view: 'package'; readonly package: PackageName | null }
  | { readonly view: 'entry'; readonly entry: JournalEntry }
  | { readonly view: 'slave'; readonly label: string }
  | { readonly view: 'target'; readonly target: string }
  | { readonly view: 'build'; readonly attempt: number }
  | { readonly view: 'found'; readonly search: BuildSearch }
  | { readonly view: 'why'; readonly of: { readonly slave: string } | Cells }
  | { readonly view: 'columns'; readonly above: Place }
  | { readonly view: 'help'; readonly above: Place; readonly entries: readonly HelpEntry[] };

/** A line of the help, made from the commands that there are at a place. */
export interface HelpEntry {
  readonly group: string;
  readonly keys: string;
  readonly about: string;
}

/** Two places are the same where this is: what was chosen, sorted and filtered there is kept by it. */
export function placeKey(place: Place): string {
  switch (place.view) {
    case 'package':
      return `package ${place.package ?? ''}`;
    case 'entry':
      return `entry ${place.entry.entry}`;
    case 'slave':
      return `slave ${place.label}`;
    case 'target':
      return `target ${place.target}`;
    case 'build':
      return `build ${place.attempt}`;
    case 'found':
      return `found ${JSON.stringify(place.search)}`;
    case 'why':
      return `why ${JSON.stringify(place.of)}`;
    case 'columns':
      return `columns ${placeKey(place.above)}`;
    case 'help':
      return `help ${placeKey(place.above)}`;
    default:
      return place.view;
  }
}

/** The numbered view that a place belongs to; null where it belongs to none. */
export function viewOf(place: Place): ViewName | null {
  switch (place.view) {
    case 'slave':
      return 'builders';
    case 'target':
      return 'queue';
    case 'build':
    case 'found':
      return 'builds';
    case 'entry':
      return 'journal';
    case 'why':
      return null;
    case 'columns':
    case 'help':
      return viewOf(place.above);
    default:
      return place.view;
  }
}

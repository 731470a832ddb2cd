import type { Place } from '../state/place.ts';
import { buildersView } from './builders.ts';
import { helpView } from './help.ts';
import { journalView } from './journal.ts';
import { slavePage } from './slave.ts';
import type { View } from './view.ts';

/** What is shown at a place. */
export function viewAt(place: Place): View {
  switch (place.view) {
    case 'builders':
      return buildersView;
    case 'slave':
      return slavePage(place.label);
    case 'journal':
      return journalView;
    case 'help':
      return helpView(place.entries);
    default:
      return buildersView;
  }
}

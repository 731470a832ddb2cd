import type { Place } from '../state/place.ts';
import { buildPage } from './build.ts';
import { buildersView } from './builders.ts';
import { buildsView } from './builds.ts';
import { chartsView } from './charts.ts';
import { columnsView } from './columns.ts';
import { entryPage } from './entry.ts';
import { failuresView } from './failures.ts';
import { helpView } from './help.ts';
import { journalView } from './journal.ts';
import { packageView } from './package.ts';
import { queueView } from './queue.ts';
import { slavePage } from './slave.ts';
import type { View } from './view.ts';
import { whyView } from './why.ts';

/** What is shown at a place. */
export function viewAt(place: Place): View {
  switch (place.view) {
    case 'builders':
      return buildersView;
    case 'queue':
      return queueView(null);
    case 'target':
      return queueView(place.target);
    case 'builds':
      return buildsView();
    case 'found':
      return buildsView(place.search);
    case 'failures':
      return failuresView;
    case 'package':
      return packageView(place.package);
    case 'charts':
      return chartsView;
    case 'journal':
      return journalView;
    case 'entry':
      return entryPage(place.entry);
    case 'slave':
      return slavePage(place.label);
    case 'build':
      return buildPage(place.attempt);
    case 'why':
      return whyView(place.of);
    case 'columns':
      return columnsView(place.above, viewAt(place.above));
    case 'help':
      return helpView(place.entries);
  }
}

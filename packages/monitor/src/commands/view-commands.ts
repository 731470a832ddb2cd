import { packageName } from '@piw/wheel/package-name';
import type { HistorySubject } from '@piw/wire/control/history-look';
import { chooseAttention, chosenAttention } from '../state/chosen-attention.ts';
import { goBack, goTo, goToView } from '../state/go.ts';
import { chosenRow, listOf, withList } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import { type Place, type ViewName, viewNames, viewOf } from '../state/place.ts';
import { viewAt } from '../views/views.ts';
import { type Command, type Step, stepTo } from './command.ts';
import { goToAttention } from './go-to-attention.ts';
import { labelsIn, packagesIn, targetsIn, unknown } from './known-words.ts';

const abouts: Readonly<Record<ViewName, string>> = {
  builders: 'the slaves, and what each does',
  queue: 'what waits to be built',
  builds: 'what was built, and what came of it',
  failures: 'why builds fail, and what would mend that',
  package: 'the versions of a package against the targets',
  charts: 'how things were, from the last hour to the last month',
  journal: 'who ordered what',
};

/** The place that a view begins at. */
export const placeOf = (view: ViewName, monitor: Monitor): Place =>
  view === 'package' ? { view, package: monitor.package } : { view };

const views = viewNames.map(
  (view, index): Command => ({
    ...{ name: view, keys: [String(index + 1)], group: 'Views', about: abouts[view], when: () => true },
    ...(view === 'package' ? { takes: 'NAME', complete: packagesIn } : {}),
    ...(view === 'charts' ? { takes: 'SLAVE | TARGET | farm', complete: subjectsIn } : {}),
    run: (monitor, words) => {
      if (view === 'package' && words !== '') return stepTo(toPackage(monitor, words));
      if (view === 'charts' && words !== '') return stepTo(toCharts(monitor, words));
      return stepTo(goToView(monitor, placeOf(view, monitor)));
    },
  }),
);

function subjectsIn(monitor: Monitor): readonly string[] {
  return ['farm', ...labelsIn(monitor), ...targetsIn(monitor)];
}

/** The charts of a slave, of a target or of the farm. */
function toCharts(monitor: Monitor, words: string): Monitor {
  const mistaken = unknown(monitor, 'slave or target', words, subjectsIn(monitor));
  if (mistaken) return mistaken;
  const subject: HistorySubject = targetsIn(monitor).includes(words)
    ? { of: 'target', target: words }
    : words === 'farm'
      ? { of: 'farm' }
      : { of: 'slave', slave: words };
  return goToView({ ...monitor, charts: { ...monitor.charts, subject } }, { view: 'charts' });
}

/** A package that is named, as people write it (PEP 503). */
function toPackage(monitor: Monitor, words: string): Monitor {
  const name = packageName.safeParse(words);
  return name.success
    ? goToView(monitor, { view: 'package', package: name.data })
    : telling(monitor, 'odd', `"${words}" is no package: a name has letters, digits, ".", "_" and "-" only.`);
}

const neighbour = (monitor: Monitor, by: number): Step => {
  const at = viewNames.indexOf(viewOf(monitor.place) ?? 'builders');
  const view = viewNames[(at + by + viewNames.length) % viewNames.length]!;
  return stepTo(goToView(monitor, placeOf(view, monitor)));
};

/** How to get from view to view. */
export const viewCommands: readonly Command[] = [
  ...views,
  {
    ...{ name: 'next', keys: ['tab'], group: 'Views', about: 'the next view', when: () => true },
    run: (monitor) => neighbour(monitor, 1),
  },
  {
    ...{ name: 'previous', keys: ['shift-tab'], group: 'Views', about: 'the view before', when: () => true },
    run: (monitor) => neighbour(monitor, -1),
  },
  {
    ...{
      name: 'last',
      keys: ['-'],
      group: 'Views',
      about: 'the view that was shown last',
      on: 'who was in another view before',
    },
    when: ({ other }) => other !== null,
    run: (monitor) => stepTo(monitor.other ? goToView(monitor, placeOf(monitor.other, monitor)) : monitor),
  },
  {
    ...{
      name: 'open',
      keys: ['enter'],
      group: 'Views',
      about: 'open the row',
      hint: 'open',
      on: 'rows with more to tell',
    },
    when: (monitor) => chosenAttention(monitor) !== null || opened(monitor) !== null,
    run: (monitor) => {
      if (chosenAttention(monitor) !== null) return stepTo(toAttention(monitor));
      const place = opened(monitor);
      return stepTo(place ? goTo(monitor, place) : monitor);
    },
  },
  {
    ...{ name: 'back', keys: ['esc', 'backspace'], group: 'Views', about: 'out of what is open, marked or filtered' },
    hint: ({ place }) => (place.view === 'help' ? 'back' : undefined),
    when: () => true,
    run: (monitor) => stepTo(back(monitor)),
  },
  {
    ...{
      name: 'attention',
      keys: ['!'],
      group: 'Views',
      about: 'to what needs a human',
      on: 'what needs a human, and nothing does now',
    },
    when: ({ feed: { board } }) => board !== null && board.attention.size > 0,
    run: (monitor) => stepTo(toAttention(monitor)),
  },
];

/** To what is chosen of what needs a human, else to what needs one most. */
function toAttention(monitor: Monitor): Monitor {
  const { board } = monitor.feed;
  const one = chosenAttention(monitor) ?? chosenAttention(chooseAttention(monitor));
  if (board === null || one === null) return monitor;
  return {
    ...telling(telling(goToAttention(monitor, one, board), 'odd', one.text), 'odd', one.remedy),
    attention: null,
  };
}

function opened(monitor: Monitor): Place | null {
  const view = viewAt(monitor.place);
  const row = chosenRow(monitor);
  if (view.kind !== 'list' || !row || row.head) return null;
  const cell = listOf(monitor)?.cell ?? null;
  return view.open({ ref: (cell === null ? null : row.cellRef(cell)) ?? row.ref });
}

/** Marks first, then the filter, then the place; what was told goes with any of them, and by itself where nothing is open. */
function back(monitor: Monitor): Monitor {
  const silent = { ...monitor, notices: [] };
  if (chosenAttention(monitor) !== null) return { ...silent, attention: null };
  const list = listOf(monitor);
  if (list && list.state.marked.size > 0) return withList(silent, { marked: new Set() });
  if (list && list.state.filter !== '') return withList(silent, { filter: '' });
  if (monitor.past.length > 0) return goBack(silent);
  if (monitor.notices.length > 0) return silent;
  return telling(
    monitor,
    'odd',
    `Nothing is open here${monitor.other ? ': - leads to the view before' : ''}, q leaves.`,
  );
}

import { type Colour, colours } from '../pixels/colour.ts';
import type { StickKey } from '../pixels/rotate.ts';
import { actionsOf } from './actions.ts';
import type { Choice } from './choice.ts';
import { factsOf } from './facts.ts';
import { figuresOf } from './figures.ts';
import type { ReelName, Sense } from './sense.ts';

/** A text that goes by, and what a push on it does. */
export interface Item {
  readonly text: string;
  readonly colour: Colour;
  readonly pushed:
    | { readonly then: 'nothing' }
    | { readonly then: 'choose'; readonly choice: Choice }
    | { readonly then: 'graph'; readonly figure: number };
}

type Way = Exclude<StickKey, 'in'>;

/** How one gets about in a list: along which way, and back by which. */
interface Reel {
  readonly along: readonly [previous: Way, next: Way];
  readonly back: Way;
  readonly items: (sense: Sense) => readonly Item[];
}

const nothing = { then: 'nothing' } as const;

const tell = (text: string, colour: Colour = colours.white): Item => ({ text, colour, pushed: nothing });

const choose = (choice: Choice): Item => ({
  text: choice.words,
  colour: colours.orange,
  pushed: { then: 'choose', choice },
});

const leave: readonly Choice[] = [
  { words: 'quit', asks: true, does: { do: 'quit' } },
  { words: 'reboot this Pi', asks: true, does: { do: 'power', verb: 'reboot' } },
  { words: 'power off this Pi', asks: true, does: { do: 'power', verb: 'poweroff' } },
];

const help = (sense: Sense): readonly Item[] =>
  figuresOf(sense).map(({ name, meaning, text, colour }) =>
    tell(`${name}: ${meaning}; now ${text}`, colour.every((channel) => channel === 0) ? colours.grey : colour),
  );

const climate = ({ climate: now }: Sense): readonly Item[] =>
  typeof now === 'string'
    ? [tell(now)]
    : [
        tell(`${now.temperatureC.toFixed(1)}°C`, colours.orange),
        tell(`${Math.round(now.humidity)}% humid`, colours.cyan),
        tell(`${Math.round(now.pressureHpa)} hPa`, colours.blue),
      ];

const attention = ({ feed: { board } }: Sense): readonly Item[] => {
  const entries = [...(board?.attention.values() ?? [])].toSorted((one, other) => other.raisedMs - one.raisedMs);
  return entries.length === 0
    ? [tell('all is well', colours.green)]
    : entries.map(({ text, remedy }) => tell(`${text} ${remedy}`, colours.orange));
};

const node = (sense: Sense): readonly Item[] => [
  ...actionsOf(sense).map(choose),
  ...(sense.readonly === null ? [] : [tell(`no orders from here: ${sense.readonly}`, colours.grey)]),
  ...factsOf(sense).map((text) => tell(text)),
  ...figuresOf(sense).map(
    ({ name, text, past, colour }, figure): Item => ({
      text: `${name} ${text}`,
      colour: colour.every((channel) => channel === 0) ? colours.grey : colour,
      pushed: past ? { then: 'graph', figure } : nothing,
    }),
  ),
];

/** The lists, and how one gets about in each. */
export const reels: Readonly<Record<ReelName, Reel>> = {
  help: { along: ['left', 'right'], back: 'down', items: help },
  leave: { along: ['left', 'right'], back: 'up', items: () => leave.map(choose) },
  climate: { along: ['up', 'down'], back: 'right', items: climate },
  attention: { along: ['up', 'down'], back: 'left', items: attention },
  node: { along: ['up', 'down'], back: 'left', items: node },
};

/** The item that is seen; a list may have become shorter meanwhile. */
export function itemOf(sense: Sense, { reel, item }: { readonly reel: ReelName; readonly item: number }): Item {
  const items = reels[reel].items(sense);
  return items[Math.min(item, items.length - 1)]!;
}

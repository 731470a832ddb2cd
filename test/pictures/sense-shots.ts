import type { StickKey } from '@piw/sense/pixels/rotate';
import type { Page, ReelName } from '@piw/sense/state/sense';

/** A page of the lights: what is reached from the main page, or the lists that are. */
export type SensePage = Exclude<Page['at'], 'reel'> | ReelName;

/** A picture: its name, how one gets there from the master's light (a push; downwards until that is seen; waiting for it), and what the words beside the lights are. */
export interface SenseShot {
  readonly name: string;
  readonly walk: readonly (StickKey | RegExp | { readonly sees: RegExp })[];
  readonly says: RegExp;
  /** Of the main page: the moment at which the frame calls. */
  readonly calling?: true;
}

const first: readonly StickKey[] = ['down', 'in'];
const climate = ['left', { sees: /^31\.5°C$/ }] as const;
const out: readonly StickKey[] = ['down', 'down', 'down', 'down'];

/** Every page of the lights over the farm of `setStage`, which has three slaves and one thing that needs attention. */
export const senseShots: Readonly<Record<SensePage, readonly [SenseShot, ...SenseShot[]]>> = {
  main: [
    { name: 'main', walk: [], says: /^master of / },
    { name: 'slave', walk: ['down'], says: /^shelf-1: build / },
  ],
  help: [
    { name: 'help', walk: ['up', 'right'], says: /^queue: builds that wait, full at a million; now \d+ waiting$/ },
  ],
  leave: [
    { name: 'quit', walk: out, says: /^quit$/ },
    { name: 'reboot', walk: [...out, 'right'], says: /^reboot this Pi$/ },
    { name: 'power-off', walk: [...out, 'right', 'right'], says: /^power off this Pi$/ },
  ],
  climate: [
    { name: 'temperature', walk: climate, says: /^31\.5°C$/ },
    { name: 'humidity', walk: [...climate, 'down'], says: /^40% humid$/ },
    { name: 'pressure', walk: [...climate, 'down', 'down'], says: /^1013 hPa$/ },
  ],
  node: [
    { name: 'action', walk: [...first, /^pause /], says: /^pause shelf-1$/ },
    { name: 'fact', walk: [...first, /^builds for /], says: /^builds for cp\S+/ },
    { name: 'figure', walk: [...first, /^load /], says: /^load \d+\.\d$/ },
  ],
  sure: [
    { name: 'no', walk: [...first, /^kill /, 'in'], says: /^kill shelf-1\? \[no\] yes$/ },
    { name: 'yes', walk: [...first, /^kill /, 'in', 'right'], says: /^kill shelf-1\? no \[yes\]$/ },
  ],
  graph: [{ name: 'graph', walk: [...first, /^load /, 'in'], says: /^load of the last hour$/ }],
  attention: [
    { name: 'calling', walk: [], says: /1 needs attention$/, calling: true },
    { name: 'attention', walk: ['right'], says: /^Jobs for \S+ need gpu = v3d, and no slave has that\. / },
  ],
  told: [{ name: 'told', walk: ['down', 'down', 'down', 'in', 'in'], says: /^resumed shelf-3$/ }],
};

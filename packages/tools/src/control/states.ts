import type { Outcome } from '@piw/wheel/outcome';
import type { Answer } from '@piw/wire/control-protocol';
import type { JobPicture, SlaveState } from '@piw/wire/status-protocol';
import type { Step } from '@piw/wire/vocabulary';
import { type Cell, type Style, styled } from './page.ts';

type CellState = Answer<'PACKAGE'>['versions'][number]['cells'][number]['state'];

/** An outcome in its colour; null is an attempt that runs. */
export const outcomeCell = (outcome: Outcome | null): Cell =>
  outcome === null ? styled('busy', 'running') : styled(outcomes[outcome], outcome);

export const slaveStateCell = (state: SlaveState): Cell => styled(slaveStates[state], state);

/** A step's outcome in its colour. */
export const stepCell = (state: Step['outcome']): Cell => styled(steps[state], state);

export const jobStateCell = (state: JobPicture['state']): Cell => styled(state === 'building' ? 'busy' : null, state);

/** The style of one version against one target. */
export const cellStyle = (state: CellState): Style | null => cellStates[state];

const outcomes: Readonly<Record<Outcome, Style>> = {
  success: 'good',
  failure: 'bad',
  timeout: 'bad',
  memory: 'bad',
  rejected: 'bad',
  transient: 'odd',
  lost: 'odd',
  cancelled: 'dim',
  skipped: 'dim',
  'no-source': 'dim',
};

const slaveStates: Readonly<Record<SlaveState, Style | null>> = {
  idle: null,
  building: 'good',
  sending: 'good',
  cleaning: 'busy',
  paused: 'odd',
  draining: 'odd',
  quarantined: 'bad',
  refused: 'bad',
  lost: 'bad',
  gone: 'dim',
};

const cellStates: Readonly<Record<CellState, Style | null>> = {
  file: 'good',
  built: 'odd',
  failed: 'bad',
  skipped: 'dim',
  excluded: 'dim',
  upstream: 'good',
  waiting: null,
  delayed: 'odd',
  building: 'busy',
  none: 'dim',
};

const steps: Readonly<Record<Step['outcome'], Style>> = {
  running: 'busy',
  passed: 'good',
  failed: 'bad',
  'not-checked': 'odd',
  skipped: 'dim',
};

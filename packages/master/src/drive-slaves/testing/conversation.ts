import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { Sound } from '../received.ts';
import { type Effect, type Session, type SessionEvent, stranger } from '../session.ts';
import { step } from '../step.ts';
import type { Order, Task } from '../task.ts';

/** Times that tests of sessions think in. */
export const times = { nowMs: 1_000_000, cancelMs: 20_000, logPatienceMs: 30_000 };

/** Attempt 7 at numpy, or another one. */
export const taskOf = (attempt = 7): Task => ({
  attempt,
  versionId: 1,
  targetId: 1,
  package: packageName.parse('numpy'),
  version: version.parse('2.0'),
  target: { abi: 'cp311', platform: 'linux_x86_64' },
  startedMs: times.nowMs,
  deadlineMs: times.nowMs + 3_600_000,
});

/** The order that goes with a task. */
export const orderOf = (task: Task): Order => ({
  attempt: task.attempt,
  package: task.package,
  version: task.version,
  target: task.target,
  recipe: {},
  limits: { timeoutMs: 3_000_000, memoryBytes: null, diskBytes: null, outputBytes: 1 << 26 },
  buildTag: null,
  indexUrl: null,
  farmIndexUrl: null,
  uploadedMs: null,
});

export const wheel: BuiltFile = {
  filename: 'numpy-2.0-cp311-cp311-linux_x86_64.whl',
  sizeBytes: 10,
  sha256: 'a'.repeat(64),
  dependencies: {},
};

/** The wheel, arrived and sound. */
export const sound = { file: wheel, path: 'incoming/7/numpy.whl' } as unknown as Sound;

/** Events as they happen to a slave that was met with nothing, in the order in which they usually do. */
export const events = {
  met: { type: 'MET', n: 1, instance: 'one', holds: null, leased: null, logBytes: 0, pause: null, quarantine: null },
  ready: { type: 'READY' },
  given: { type: 'GIVEN', task: taskOf(), order: orderOf(taskOf()) },
  aliveIdle: { type: 'ALIVE', attempt: null, phase: 'idle' },
  aliveBuilding: { type: 'ALIVE', attempt: 7, phase: 'building' },
  aliveBuilt: { type: 'ALIVE', attempt: 7, phase: 'built' },
  built: {
    type: 'BUILT',
    built: { attempt: 7, outcome: 'success', reason: null, steps: [], logBytes: 0, files: [wheel] },
  },
  failed: {
    type: 'BUILT',
    built: { attempt: 7, outcome: 'failure', reason: null, steps: [], logBytes: 0, files: [] },
  },
  received: { type: 'RECEIVED', attempt: 7, filename: wheel.filename, received: sound },
  ended: { type: 'ENDED', attempt: 7 },
} as const satisfies Record<string, SessionEvent>;

/** What a session says and does about events: message types and effects' names, with an ending's outcome. */
export const tell = (effect: Effect): string =>
  effect.do === 'say' ? effect.message.type : effect.do === 'end' ? `end: ${effect.ending.outcome}` : effect.do;

/** Plays events to a session, a stranger's at first; `at` moves the clock. */
export function play(happened: readonly SessionEvent[], from: Session = stranger, afterMs = 0) {
  let session = from;
  const effects = happened.flatMap((event) => {
    const [next, caused] = step(session, event, { ...times, nowMs: times.nowMs + afterMs });
    session = next;
    return caused;
  });
  return { session, effects, told: effects.map(tell) };
}

import * as collect from './collect.ts';
import * as heard from './hear.ts';
import * as letGo from './let-go.ts';
import { meet } from './meet.ts';
import { die, who } from './say.ts';
import type { Circumstances, In, On, Session, SessionEvent, State, Step } from './session.ts';
import { stand } from './standing.ts';

type Move<P extends State['phase'], E extends SessionEvent['type']> = (
  state: In<P>,
  event: On<E>,
  at: Circumstances,
) => Step;

/** A missing cell: whatever is said has been lost, repeated, or comes late, and does nothing. Orders have a cell everywhere. */
type Row<P extends State['phase']> = { readonly [E in SessionEvent['type']]?: Move<P, E> } & {
  readonly [E in 'CANCELLED' | 'GIVEN' | 'MET']: Move<P, E>;
};

const stay = (state: State): Step => [state, []];
const ask = (state: State): Step => [state, [who]];

/**
 * absent ──MET──▶ idle ──READY──▶ ready ──GIVEN──▶ building ──BUILT──▶ collecting ──all here──▶ ending ──ENDED──▶ cleaning
 *    ▲             ▲  ◀──HELLO───── │ ▲               │                    │                     │                 │ │
 *    └─SILENT, BYE─┘                │ └───────────────┼────────────────────┼─────────────────────┼──────READY──────┘ │
 *                  ◀────────────────┼─────────────────┼────────────────────┼─────────────────────┼───ALIVE, idle─────┘
 *                  └─MET with the attempt──▶ building │ LOST, BYE          │ LOST, BYE           │ LOST
 *                                                     └────────────────────┴─▶ absent ◀──────────┘
 */
const moves: { readonly [P in State['phase']]: Row<P> } = {
  absent: { MET: meet, READY: ask, ALIVE: ask, LOG: ask, BUILT: ask, GIVEN: letGo.givenInVain, CANCELLED: stay },
  idle: {
    MET: meet,
    READY: heard.ready,
    ALIVE: heard.aliveIdly,
    LOG: heard.logOfNobody,
    BUILT: heard.builtForNothing,
    BYE: letGo.bye,
    SILENT: letGo.silent,
    GIVEN: letGo.givenInVain,
    CANCELLED: stay,
  },
  ready: {
    MET: meet,
    HELLO: () => [{ phase: 'idle' }, []],
    ALIVE: heard.aliveIdly,
    LOG: heard.logOfNobody,
    BUILT: heard.builtForNothing,
    BYE: letGo.bye,
    SILENT: letGo.silent,
    GIVEN: letGo.given,
    ENDED: (state) => [state, [{ do: 'wait' }]],
    CANCELLED: stay,
  },
  building: {
    MET: meet,
    READY: heard.readyBuilding,
    ALIVE: heard.aliveBuilding,
    LOG: heard.log,
    LOGGED: collect.logged,
    BUILT: collect.built,
    BYE: letGo.byeBuilding,
    LOST: letGo.lostTask,
    TICK: letGo.overdue,
    GIVEN: letGo.givenInVain,
    CANCELLED: letGo.cancelled,
  },
  collecting: {
    MET: meet,
    ALIVE: heard.aliveBuilt,
    LOG: heard.log,
    LOGGED: collect.logged,
    BUILT: collect.builtAgain,
    RECEIVED: collect.received,
    BYE: letGo.byeCollecting,
    LOST: letGo.lostTask,
    TICK: collect.impatient,
    GIVEN: letGo.givenInVain,
    CANCELLED: collect.cancelledCollecting,
  },
  ending: {
    MET: meet,
    ALIVE: heard.aliveBuilt,
    BUILT: collect.builtAgain,
    ENDED: collect.forgotten,
    BYE: letGo.bye,
    LOST: letGo.lostTask,
    GIVEN: letGo.givenInVain,
    CANCELLED: stay,
  },
  cleaning: {
    MET: meet,
    READY: heard.ready,
    ALIVE: heard.aliveIdly,
    LOG: heard.logOfNobody,
    BUILT: heard.builtForNothing,
    BYE: letGo.bye,
    SILENT: letGo.silent,
    GIVEN: letGo.givenInVain,
    CANCELLED: stay,
  },
};

/** What a session makes of an event at a time: the session after it, and what is to be done. */
export function step(
  session: Session,
  event: SessionEvent,
  at: Omit<Circumstances, 'standing' | 'restarted'>,
): readonly [Session, Step[1]] {
  const [standing, answers, isOld] = stand(session, event);
  if (isOld) return [session, answers];
  const restarted = standing.instance !== session.standing.instance;
  const move = moves[session.state.phase][event.type] as
    | ((s: State, e: SessionEvent, c: Circumstances) => Step)
    | undefined;
  const [state, effects] = move?.(session.state, event, { ...at, standing, restarted }) ?? stay(session.state);
  const reminders =
    standing.leaving && (event.type === 'ALIVE' || event.type === 'READY') ? [die(standing.leaving)] : [];
  const all = [...answers, ...effects, ...reminders];
  if (state === session.state && standing === session.standing) return [session, all];
  return [{ standing, state, sinceMs: state.phase === session.state.phase ? session.sinceMs : at.nowMs }, all];
}

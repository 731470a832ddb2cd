import { EventEmitter } from 'node:events';
import type { BlameNews } from '@piw/db/blame';
import type { QueuePlace } from '@piw/db/queue-heads';
import type { AttentionPicture, BuildPicture, JobPicture, SlavePicture } from '@piw/wire/status-protocol';
import type { Vitals } from '@piw/wire/vocabulary';

/** A sign of life of one slave: what changes at every heartbeat, and so isn't worth a whole picture. */
export interface Heartbeat {
  readonly slave: number;
  readonly heardMs: number;
  readonly skewMs: number;
  readonly step: string | null;
  readonly vitals: Vitals;
}

/** Bytes that a running build's log grew by; the last of them says that it ended. */
export interface LogGrowth {
  readonly attempt: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly ended: boolean;
}

/** What the master's tasks tell each other, by name, with what listeners are given. */
export interface Notices {
  /** Another picture of a slave: it came, changed its state, its task, its pause. */
  slave: [picture: SlavePicture];
  /** A slave that the farm need not show any more. */
  gone: [slave: number];
  /** A slave was heard. */
  heard: [heartbeat: Heartbeat];
  /** A slave began to wait for work. */
  waiting: [];
  /** An attempt began, or goes on after it was declared lost. */
  began: [build: BuildPicture];
  /** An attempt ended, whatever ended it; its facts are in the database. */
  ended: [build: BuildPicture];
  log: [growth: LogGrowth];
  /** Bytes of an attempt's wheels came in. */
  arrived: [attempt: number, bytes: number];
  /** Targets that have ready work which they hadn't, and where in their queues, as far as that is known; to be told after the commit. */
  queue: [targetIds: readonly number[], places?: readonly QueuePlace[]];
  /** A job that somebody asked for by name changed. */
  job: [job: JobPicture];
  /** Page orders were committed. */
  pages: [];
  /** The farm's pause, its targets or their order changed; the database knows how. */
  farm: [];
  /** Slaves went into quarantine or came out of it; the world is at fault, or no longer. Both are in the database. */
  blame: [blame: BlameNews];
  /** An interned requirement set is new: what waits for work may be offered more, or less. */
  needs: [];
  attention: [attention: AttentionPicture];
}

/** The board in the hall of the master: who has news pins it here, who cares reads it. Nobody waits for a reader. */
export type Bulletin = EventEmitter<Notices>;

/** An empty bulletin; every task of the master may listen to every notice. */
export function openBulletin(): Bulletin {
  const bulletin = new EventEmitter<Notices>();
  bulletin.setMaxListeners(50);
  return bulletin;
}

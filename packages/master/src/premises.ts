import type { openPool } from '@piw/db/connect';
import type { Log } from '@piw/host/log';
import type { Gatehouse } from '@piw/wire/keys/gatehouse';
import type { Bulletin } from './bulletin.ts';
import type { MasterOptions } from './options.ts';
import type { OutputDisk } from './output-disk.ts';
import type { Paths } from './paths.ts';

/** What every task of the master gets: the house they share. */
export interface Premises {
  readonly pool: ReturnType<typeof openPool>;
  /** Connections of their own for looks: however many people look, and at whatever, nothing that the farm does waits for a connection. */
  readonly readingPool: ReturnType<typeof openPool>;
  readonly log: Log['logger'];
  /** Rises with every master that becomes active. */
  readonly epoch: number;
  /** When this master became active, milliseconds since 1970. */
  readonly startedMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly bulletin: Bulletin;
  readonly options: MasterOptions;
  readonly paths: Paths;
  readonly disk: OutputDisk;
  /** Who is let in at the sockets that need keys; null where this master has none. */
  readonly gatehouse: Gatehouse | null;
  /** Stops the master in good order, as an operator's STOP does; slaves keep their work. */
  readonly stop: (why: string) => void;
}

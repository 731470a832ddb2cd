import type { UpstreamMode } from '@piw/db/upstream-mode';
import type { MasterKeys } from './let-in/key-options.ts';

/** How long and how often; overridden by tests, and by nobody else. Milliseconds. */
export interface Periods {
  /** A lease lasts this long after its slave was last heard. */
  readonly leaseMs: number;
  /** What was heard renews leases in one statement, this often. */
  readonly renewMs: number;
  /** Leases that ran out are swept this often. */
  readonly sweepMs: number;
  /** Slaves that were heard are noted in the database this often. */
  readonly seenMs: number;
  /** An attempt may outlast its limit by this before it is cancelled. */
  readonly graceMs: number;
  /** A cancelled slave that doesn't say BUILT in this time is ended without. */
  readonly cancelMs: number;
  /** A log that doesn't grow for this long after BUILT counts as all there is. */
  readonly logPatienceMs: number;
  /** A file that doesn't come is asked for again after this, and less and less often. */
  readonly sendAgainMs: number;
  /** A master that stands by tries this often to become the active one. */
  readonly standbyMs: number;
  /** People get one mail in this time. */
  readonly mailMs: number;
  /** While the world is at fault, one build is given in this time. */
  readonly probeMs: number;
  /** The disk of the output folder is looked at this often. */
  readonly diskMs: number;
  /** A package's pages are written again after this, however many changes there were. */
  readonly pageMs: number;
  /** Pages that list everything are written again after this, those of a small farm sooner. */
  readonly listMs: number;
  /** Upstream is asked again what it lists of a package after this, sooner where its page is written. */
  readonly upstreamMs: number;
  /** From one question to upstream to the next. */
  readonly upstreamGapMs: number;
  /** A package of which upstream can't be heard is asked for again after this, and less and less often. */
  readonly upstreamRetryMs: number;
  /** Frames of vitals on the status stream. */
  readonly vitalsMs: number;
  /** After the master's start slaves may take so long to come before it is of interest who is away. */
  readonly comingMs: number;
  /** Frames of statistics on the status stream. */
  readonly statisticsMs: number;
}

export const usualPeriods: Periods = {
  leaseMs: 60_000,
  renewMs: 5_000,
  sweepMs: 5_000,
  seenMs: 60_000,
  graceMs: 15 * 60_000,
  cancelMs: 20_000,
  logPatienceMs: 30_000,
  sendAgainMs: 10_000,
  standbyMs: 2_000,
  mailMs: 60_000,
  probeMs: 60_000,
  diskMs: 2_000,
  pageMs: 60_000,
  listMs: 10 * 60_000,
  upstreamMs: 60 * 60_000,
  upstreamGapMs: 200,
  upstreamRetryMs: 60_000,
  vitalsMs: 250,
  comingMs: 60_000,
  statisticsMs: 5_000,
};

/** What an operator decides about a master. */
export interface MasterOptions {
  /** Where the database is, as libpq has it. */
  readonly dsn: string;
  /** What the farm calls itself. */
  readonly name: string;
  /** The folder that the web server serves. */
  readonly outputPath: string;
  /** With less than this free on its disk, no work is given out. */
  readonly minFreeBytes: number;
  readonly runDir: string;
  readonly slaveQueue: string;
  readonly fileQueue: string;
  /** The first is in the run directory, for this machine. */
  readonly statusQueues: readonly string[];
  readonly controlQueues: readonly string[];
  /** The master's own key and whom it lets in; null: this machine alone. */
  readonly keys: MasterKeys | null;
  /** Under which address the output folder is served, with its last slash; null where nobody said. */
  readonly siteUrl: string | null;
  /** The index to build from; null is the one that pip is configured with. */
  readonly indexUrl: string | null;
  /** Whether pages list upstream's files too, and what it serves needs no build. */
  readonly upstream: UpstreamMode;
  /** Targets that slaves offer are added by themselves. */
  readonly acceptTargets: boolean;
  /** How people who don't watch are told what needs them. */
  readonly attention: AttentionHooks;
  readonly periods: Periods;
}

/** A line for the shell, and where mail goes; null where there is none. */
export interface AttentionHooks {
  readonly command: string | null;
  readonly mail: { readonly to: string; readonly from: string; readonly smtpUrl: string } | null;
}

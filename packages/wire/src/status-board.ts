import {
  type AttentionPicture,
  type BuildPicture,
  buildsKept,
  type FarmPicture,
  type JobPicture,
  type SlavePicture,
  type Snapshot,
  type StatisticsPicture,
  type StatusEvent,
} from './status-protocol.ts';

/** The farm as a client knows it, after the event (epoch, n). Never changed: an event makes a new one that shares the rest. */
export interface Board {
  readonly epoch: number;
  readonly n: number;
  readonly farm: FarmPicture;
  readonly slaves: ReadonlyMap<number, SlavePicture>;
  /** By `jobKey`. */
  readonly jobs: ReadonlyMap<string, JobPicture>;
  /** What began or ended latest comes first; `buildsKept` at most. */
  readonly builds: readonly BuildPicture[];
  readonly statistics: StatisticsPicture;
  /** What needs a human now, by its id. */
  readonly attention: ReadonlyMap<number, AttentionPicture>;
}

/** The board that a snapshot shows. */
export const boardOf = ({ slaves, jobs, builds, attention, ...rest }: Snapshot): Board => ({
  ...rest,
  slaves: new Map(slaves.map((slave) => [slave.slave, slave])),
  jobs: new Map(jobs.map((job) => [jobKey(job), job])),
  builds: builds.toSorted(byNews).slice(0, buildsKept),
  attention: new Map(attention.map((entry) => [entry.id, entry])),
});

/** The snapshot that shows a board: what the master answers to who joins. */
export const snapshotOf = ({ slaves, jobs, builds, attention, ...rest }: Board): Snapshot => ({
  ...rest,
  slaves: [...slaves.values()],
  jobs: [...jobs.values()],
  builds: [...builds],
  attention: [...attention.values()],
});

/** Whether an event is the board's next, one that it knows already, or one before which others were missed. */
export function placeOf(board: Board, { body: { epoch, n } }: StatusEvent): 'next' | 'old' | 'gap' {
  if (epoch !== board.epoch) return epoch < board.epoch ? 'old' : 'gap';
  if (n <= board.n) return 'old';
  return n === board.n + 1 ? 'next' : 'gap';
}

/** The board after its next event; any other event leaves it as it is. */
export const advance = (board: Board, event: StatusEvent): Board => advanceWith(board, event, (map) => new Map(map));

/** The same for who alone has the board, of which nothing but the new one may be used from then on: a thousand slaves aren't copied for one. */
export const advanceOwn = (board: Board, event: StatusEvent): Board =>
  advanceWith(board, event, (map) => map as Map<never, never>);

/** A map that may be changed: a copy, or the same. */
type Open = <K, V>(map: ReadonlyMap<K, V>) => Map<K, V>;

function advanceWith(board: Board, event: StatusEvent, open: Open): Board {
  if (placeOf(board, event) !== 'next') return board;
  return { ...board, ...change(board, event, open), n: event.body.n };
}

/** A job's place on the board. */
export const jobKey = (job: Pick<JobPicture, 'package' | 'version' | 'target'>): string =>
  `${job.package} ${job.version} ${job.target}`;

function change(board: Board, { type, body }: StatusEvent, open: Open): Partial<Board> {
  switch (type) {
    case 'FARM':
      return { farm: body.farm };
    case 'SLAVE':
      return { slaves: open(board.slaves).set(body.slave.slave, body.slave) };
    case 'GONE':
      return { slaves: withoutEntry(board.slaves, body.slave, open) };
    case 'JOB':
      return { jobs: jobsWith(board.jobs, body.job, open) };
    case 'BUILD':
      return { builds: buildsWith(board.builds, body.build) };
    case 'STATISTICS':
      return { statistics: body.statistics };
    case 'ATTENTION':
      return { attention: attentionWith(board.attention, body.attention, open) };
    case 'VITALS':
      return withVitals(board, body, open);
  }
}

const jobsWith = (jobs: Board['jobs'], job: JobPicture, open: Open): Board['jobs'] =>
  job.state === 'gone' ? withoutEntry(jobs, jobKey(job), open) : open(jobs).set(jobKey(job), job);

const attentionWith = (attention: Board['attention'], entry: AttentionPicture, open: Open): Board['attention'] =>
  entry.clearedMs === null ? open(attention).set(entry.id, entry) : withoutEntry(attention, entry.id, open);

/** Each list is in order: an entry goes in before the first that is older. */
function buildsWith(builds: Board['builds'], build: BuildPicture): Board['builds'] {
  const others = builds.filter(({ attempt }) => attempt !== build.attempt);
  const at = others.findIndex((other) => byNews(build, other) < 0);
  others.splice(at < 0 ? others.length : at, 0, build);
  return others.slice(0, buildsKept);
}

const newsMs = ({ startedMs, endedMs }: BuildPicture): number => endedMs ?? startedMs;

const byNews = (a: BuildPicture, b: BuildPicture): number => newsMs(b) - newsMs(a) || b.attempt - a.attempt;

type SignsOfLife = Extract<StatusEvent, { type: 'VITALS' }>['body'];

/** Null: the master's machine tells nothing new. Slaves that the board doesn't know were gone before. */
function withVitals(board: Board, { master, slaves: told }: SignsOfLife, open: Open): Partial<Board> {
  const slaves = open(board.slaves);
  for (const { slave: id, step, ...signs } of told) {
    const slave = slaves.get(id);
    if (!slave) continue;
    const task = slave.task && slave.task.step !== step ? { ...slave.task, step } : slave.task;
    slaves.set(id, { ...slave, ...signs, task });
  }
  return { slaves, farm: master ? { ...board.farm, vitals: master } : board.farm };
}

function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K, open: Open): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = open(map);
  rest.delete(key);
  return rest;
}

import { formatDuration } from '@piw/host/duration';
import { settles } from '@piw/wheel/outcome';
import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture, BuildPicture, SlavePicture } from '@piw/wire/status-protocol';

/** What happened between two pictures of the farm, a line an event, the oldest first; nothing before the first picture. */
export const narrate = (before: Board | null, after: Board): string[] => [
  ...slaveNews(before, after),
  ...buildNews(before, after),
  ...attentionNews(before, after),
];

const line = (word: string, text: string): string => `${word.padEnd(9)} ${text}`.trimEnd();

/** How a build ended makes it news, not when: a master that was started again has that from the database, some milliseconds off. */
function buildNews(before: Board | null, after: Board): string[] {
  const known = new Map(before?.builds.map((build) => [build.attempt, build.outcome]));
  return after.builds
    .filter(({ attempt, outcome }) => (before === null ? outcome === null : known.get(attempt) !== outcome))
    .toReversed()
    .map(tellBuild);
}

function tellBuild(build: BuildPicture): string {
  const { package: name, version, target, slave, startedMs, endedMs, outcome, reason, files } = build;
  const what = `${name} ${version} ${target}`;
  if (outcome === null || endedMs === null) return line('building', `${what} on ${slave}`);
  const result = reason?.text ?? files.join(' ');
  const again = settles[outcome] ? '' : ' It is tried again.';
  return line(outcome, `${what} ${formatDuration(endedMs - startedMs)} ${result}${again}`);
}

function slaveNews(before: Board | null, after: Board): string[] {
  return [...after.slaves.values()].flatMap((slave) => {
    const state = before?.slaves.get(slave.slave)?.state;
    return state === slave.state ? [] : tellSlave(slave, state);
  });
}

/** Coming and going is told; the ups and downs of work are told by the builds. */
function tellSlave({ label, state, targets, why }: SlavePicture, before: SlavePicture['state'] | undefined): string[] {
  switch (state) {
    case 'paused':
    case 'draining':
    case 'quarantined':
    case 'refused':
    case 'lost':
    case 'gone':
      return [line(state, why === null ? label : `${label}: ${why}`)];
    case 'idle':
    case 'building':
    case 'sending':
    case 'cleaning': {
      const came = before === undefined || before === 'lost' || before === 'gone' || before === 'refused';
      return came ? [line('slave', `${label} builds for ${targets.join(', ')}`)] : [];
    }
  }
}

function attentionNews(before: Board | null, after: Board): string[] {
  const raised = [...after.attention.values()].filter(({ id }) => !before?.attention.has(id));
  const cleared = [...(before?.attention.values() ?? [])].filter(({ id }) => !after.attention.has(id));
  const tell = ({ text, remedy }: AttentionPicture): string => line('attention', `${text} ${remedy}`);
  return [...raised.map(tell), ...cleared.map(({ text }) => line('cleared', text))];
}

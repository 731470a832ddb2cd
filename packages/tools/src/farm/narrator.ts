import { formatDuration } from '@piw/host/duration';
import type { AttentionPicture, BuildPicture, SlavePicture, StatusEvent } from '@piw/wire/status-protocol';

/** Words that begin a line, in one column. */
const column = (word: string): string => word.padEnd(9);

/** Turns the status stream into what happens, a line an event; undefined where there is nothing to tell. */
export function narrator(): (event: StatusEvent) => string | undefined {
  const states = new Map<number, SlavePicture['state']>();
  return (event) => {
    switch (event.type) {
      case 'BUILD':
        return tellBuild(event.body.build);
      case 'SLAVE': {
        const { slave } = event.body;
        const before = states.get(slave.slave);
        states.set(slave.slave, slave.state);
        return before === slave.state ? undefined : tellSlave(slave, before);
      }
      case 'ATTENTION':
        return tellAttention(event.body.attention);
      case 'FARM':
      case 'GONE':
      case 'JOB':
      case 'STATISTICS':
      case 'VITALS':
        return undefined;
    }
  };
}

function tellBuild({
  package: name,
  version,
  target,
  slave,
  startedMs,
  endedMs,
  outcome,
  reason,
  files,
}: BuildPicture): string {
  const what = `${name} ${version} ${target}`;
  if (outcome === null || endedMs === null) return `${column('building')} ${what} on ${slave}`;
  const result = reason?.text ?? files.join(' ');
  return `${column(outcome)} ${what} ${formatDuration(endedMs - startedMs)} ${result}`.trimEnd();
}

/** Coming and going is told; the ups and downs of work are told by the builds. */
function tellSlave(
  { label, state, targets, why }: SlavePicture,
  before: SlavePicture['state'] | undefined,
): string | undefined {
  const reason = why === null ? '' : `: ${why}`;
  switch (state) {
    case 'paused':
    case 'draining':
    case 'quarantined':
    case 'refused':
    case 'lost':
    case 'gone':
      return `${column(state)} ${label}${reason}`;
    case 'idle':
    case 'building':
    case 'sending':
    case 'cleaning': {
      const cameBack = before === undefined || before === 'lost' || before === 'gone' || before === 'refused';
      return cameBack ? `${column('slave')} ${label} builds for ${targets.join(', ')}` : undefined;
    }
  }
}

const tellAttention = ({ clearedMs, text, remedy }: AttentionPicture): string =>
  clearedMs === null ? `${column('attention')} ${text} ${remedy}` : `${column('cleared')} ${text}`;

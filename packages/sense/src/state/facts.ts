import { farmNow } from '@piw/operator/farm-clock';
import { age, ahead } from '@piw/operator/moment';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { slaveAt } from './nodes.ts';
import type { Sense } from './sense.ts';

/** What there is to say of the selected node, a line each, what it does first. */
export function factsOf(sense: Sense): readonly string[] {
  const { selected, trouble } = sense;
  const { board } = sense.feed;
  const nowMs = farmNow(sense);
  if (!board) return [trouble ?? 'waiting for the master'];
  if (selected === 'master') return masterFacts(board, nowMs);
  const slave = slaveAt(board, selected);
  return slave ? slaveFacts(slave, nowMs) : ['not on the board'];
}

function masterFacts({ farm, slaves }: Board, nowMs: number): string[] {
  const building = [...slaves.values()].filter(({ task }) => task).length;
  return [
    farm.fault ? `waits for the world: ${farm.fault.text}` : `${building} of ${slaves.size} build`,
    ...(farm.paused ? [`paused by ${farm.paused.by}: ${farm.paused.why}`] : []),
    `farm ${farm.name}`,
    `host ${farm.host}`,
    `version ${farm.software}`,
    ...(farm.vitals ? [`machine up ${age(0, farm.vitals.upMs)}`] : []),
    `master up ${age(farm.startedMs, nowMs)}`,
    ...farm.targets.filter(({ retired }) => !retired).map(({ target, waiting }) => `${target}: ${waiting} wait`),
  ];
}

function slaveFacts(slave: SlavePicture, nowMs: number): string[] {
  const { label, host, capabilities, software, targets, vitals, upSinceMs, lastHour } = slave;
  const told = (['board', 'serial', 'os'] as const).flatMap((name) =>
    capabilities[name] === undefined ? [] : [`${name} ${capabilities[name]}`],
  );
  return [
    `${label} ${activityOf(slave, nowMs)}`,
    `host ${host}`,
    ...told,
    `builds for ${targets.join(', ')}`,
    ...(vitals ? [`machine up ${age(0, vitals.upMs)}`] : []),
    `up ${age(upSinceMs, nowMs)}`,
    `last hour ${lastHour.successes} good, ${lastHour.failures} not`,
    `version ${software}`,
  ];
}

/** What a slave does, or why it does nothing. */
export function activityOf({ state, task, paused, quarantine, why, heardMs }: SlavePicture, nowMs: number): string {
  if (task) return `${task.step ?? state} ${task.package} ${task.version}`;
  switch (state) {
    case 'lost':
      return `lost, heard ${age(heardMs, nowMs)} ago`;
    case 'quarantined':
      return `in quarantine${quarantine ? ` for ${ahead(quarantine.untilMs, nowMs)}: ${quarantine.why}` : ''}`;
    case 'paused':
      return paused ? `paused by ${paused.by}: ${paused.why}` : 'paused';
    default:
      return why === null ? state : `${state}: ${why}`;
  }
}

import type { NewAttention } from '@piw/db/attention';
import { capabilitiesOf, meetsNeeds, needsText } from '@piw/db/needs';
import type { WaitingNeeds } from '@piw/db/waiting-needs';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Pause } from '@piw/wire/vocabulary';

/** What the board and the moment show to need a human: each kind finds its subjects. */
const kinds: Readonly<Record<string, (board: Board, moment: Moment) => NewAttention[]>> = {
  'target-without-slave': targetsWithoutSlave,
  'job-nobody-can-build': unmetNeeds,
  'slave-lost': lostSlaves,
  'slave-quarantined': quarantinedSlaves,
  'world-at-fault': faultOfTheWorld,
  'disk-low': lowDisk,
};

const aboutSlaves: ReadonlySet<string> = new Set([
  'target-without-slave',
  'job-nobody-can-build',
  'slave-lost',
  'slave-quarantined',
]);

/** What the board doesn't show: why the disk makes all wait, what ready jobs need, and whether slaves may still be on their way to a master that has just begun. */
export interface Moment {
  readonly disk: Pause | null;
  readonly needs: readonly WaitingNeeds[];
  readonly isEarly: boolean;
}

/** What needs a human and isn't raised yet, and what is raised and doesn't any more. */
export function concerns(
  board: Board,
  moment: Moment,
): { readonly raise: NewAttention[]; readonly clear: NewAttention[] } {
  const judged = Object.entries(kinds).filter(([kind]) => !moment.isEarly || !aboutSlaves.has(kind));
  const present = judged.flatMap(([, find]) => find(board, moment));
  const raised = [...board.attention.values()].filter(({ kind }) => judged.some(([one]) => one === kind));
  return { raise: present.filter(isMissingFrom(raised)), clear: raised.filter(isMissingFrom(present)) };
}

const isMissingFrom = (others: readonly NewAttention[]) => (one: NewAttention) =>
  !others.some(({ kind, subject }) => kind === one.kind && subject === one.subject);

function targetsWithoutSlave({ farm, slaves }: Board): NewAttention[] {
  const served = new Set([...slaves.values()].filter(isHere).flatMap(({ targets }) => targets));
  return farm.targets
    .filter(({ target, retired, waiting }) => !retired && waiting > 0 && !served.has(target))
    .map(({ target }) => ({
      kind: 'target-without-slave',
      subject: target,
      text: `Jobs wait for ${target}, and no slave builds for it.`,
      remedy: comeback([...slaves.values()], target),
    }));
}

/** Who built for it and went away may come again; a target for which nobody ever came may be a mistake. */
function comeback(slaves: readonly SlavePicture[], target: string): string {
  const former = slaves.find(({ targets }) => targets.includes(target));
  return former
    ? `Start ${former.label} again (one that piw-farm runs: piw-control restart ${former.label}), or another that does.`
    : `Start a slave that does, or retire the target: piw-control targets retire ${target}`;
}

/** Where nobody builds for the target at all, that is said already. */
function unmetNeeds({ slaves }: Board, { needs }: Moment): NewAttention[] {
  const present = [...slaves.values()].filter(isHere);
  return needs.flatMap(({ target, requires }) => {
    const builders = present.filter(({ targets }) => targets.includes(target));
    if (builders.length === 0 || builders.some((slave) => meetsNeeds(requires, capabilitiesOf(slave)))) return [];
    const wanted = needsText(requires);
    return [
      {
        kind: 'job-nobody-can-build',
        subject: `${target}: ${wanted}`,
        text: `Jobs for ${target} need ${wanted}, and no slave has that.`,
        remedy: 'Start a slave that has (--capability KEY=VALUE), or change the recipe: piw-control recipe PACKAGE',
      },
    ];
  });
}

/** Where more slaves than these are lost at once, it isn't each of them. */
const mostLost = 20;

function lostSlaves({ farm, slaves }: Board): NewAttention[] {
  const lost = [...slaves.values()].filter(({ state }) => state === 'lost');
  if (lost.length > mostLost)
    return [
      {
        kind: 'slave-lost',
        subject: farm.host,
        text: `Nothing is heard of more than ${mostLost} slaves any more.`,
        remedy: `Look at the network of ${farm.host}, then at what has them in common: piw-control slaves`,
      },
    ];
  return lost.map(({ label, host }) => ({
    kind: 'slave-lost',
    subject: label,
    text: `Nothing is heard of ${label} any more.`,
    remedy: `Look at ${host}: is it up, does piw-slave run, does its network work?`,
  }));
}

function quarantinedSlaves({ slaves }: Board): NewAttention[] {
  return [...slaves.values()].flatMap(({ label, state, quarantine }) =>
    state === 'quarantined' && quarantine
      ? [
          {
            kind: 'slave-quarantined',
            subject: label,
            text: `${label} gets no work for a while: ${quarantine.why}`,
            remedy: `Mend what its log tells (piw-control builds --slave ${label}), then: piw-control lift ${label}`,
          },
        ]
      : [],
  );
}

function faultOfTheWorld({ farm: { fault } }: Board): NewAttention[] {
  if (!fault) return [];
  return [
    {
      kind: 'world-at-fault',
      subject: fault.kind,
      text: `No slave can build, and none is to blame: ${fault.text}`,
      remedy: 'Mend that; one build at a time is tried until it is over, and then all goes on by itself.',
    },
  ];
}

function lowDisk({ farm }: Board, { disk }: Moment): NewAttention[] {
  if (!disk) return [];
  const remedy = `Make room on ${farm.host}, or move the output folder to a larger disk.`;
  return [{ kind: 'disk-low', subject: farm.host, text: `No work is given out. ${disk.why}`, remedy }];
}

const isHere = ({ state }: SlavePicture): boolean => state !== 'lost' && state !== 'gone' && state !== 'refused';

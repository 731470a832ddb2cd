import { capabilitiesOf, meetsNeeds, needsText } from '@piw/db/needs';
import type { WaitingNeeds } from '@piw/db/waiting-needs';
import type { WorkForSlave } from '@piw/db/work-for-slave';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { type Circumstances, lasting, pauseText, type Reason, reason, someOf, whyNothing } from './reason.ts';

/** What waits at a slave's targets, and what it needs. */
export interface Work extends WorkForSlave {
  readonly needs: readonly WaitingNeeds[];
}

/** Why a slave isn't building, or what it builds. */
export function whySlave(slave: SlavePicture, work: Work, at: Circumstances): Reason {
  return whyUnfit(slave, at) ?? whyNothing(at) ?? whyHeld(slave, at) ?? whyIdle(slave, work, at);
}

/** What it does, or that it isn't there. */
function whyUnfit(
  { label, state, why, task, heardMs, paused }: SlavePicture,
  { nowMs }: Circumstances,
): Reason | undefined {
  if (state === 'lost')
    return reason('away', `${label} is lost: nothing was heard of it for ${lasting(heardMs, nowMs)}`);
  if (state === 'gone') return reason('away', `${label} went away; it was last heard ${lasting(heardMs, nowMs)} ago`);
  if (state === 'refused') return reason('refused', `${label} is refused${why === null ? '' : `: ${why}`}`);
  if (!task) return state === 'cleaning' ? reason('busy', `${label} clears away what its build left`) : undefined;
  const step = task.step === null ? '' : `, step ${task.step}`;
  const then = paused ? `; after that it is paused ${pauseText(paused, nowMs)}` : '';
  return reason(
    'busy',
    `${label} builds ${task.package} ${task.version} for ${task.target} for ${lasting(task.sinceMs, nowMs)}${step}${then}`,
  );
}

/** What keeps it alone from work. */
function whyHeld(
  { label, state, why, paused, quarantine }: SlavePicture,
  { nowMs }: Circumstances,
): Reason | undefined {
  if (state === 'draining') return reason('leaving', `${label} gets no more work: ${why ?? 'it leaves'}`);
  if (paused) return reason('paused', `${label} is paused ${pauseText(paused, nowMs)}`);
  if (quarantine)
    return reason(
      'quarantined',
      `${label} is in quarantine for ${lasting(nowMs, quarantine.untilMs)} more: ${quarantine.why}`,
    );
  return undefined;
}

function whyIdle(slave: SlavePicture, { needs, anothers, nextMs }: Work, { nowMs, farm }: Circumstances): Reason {
  const { label } = slave;
  const capabilities = capabilitiesOf(slave);
  const targets = farm.targets.filter(({ target, retired }) => !retired && slave.targets.includes(target));
  if (targets.length === 0) return whyNoTarget(slave, farm.targets);
  const names = targets.map(({ target }) => target);
  const there = needs.filter(({ target }) => names.includes(target));
  const unmet = there.find(({ requires }) => !meetsNeeds(requires, capabilities));
  if (there.some(({ requires }) => meetsNeeds(requires, capabilities)))
    return anothers
      ? reason('about-to-begin', `${label} is being given work`)
      : reason('lost-by-its-slave', `What waits for ${label} is what it lost: it is left for other slaves for a while`);
  if (unmet)
    return reason(
      'lacks-needs',
      `Jobs wait for ${unmet.target}, but need ${needsText(unmet.requires)}, which ${label} lacks`,
    );
  const delayed = targets.reduce((sum, target) => sum + target.delayed, 0);
  if (delayed > 0)
    return reason(
      'all-delayed',
      `All ${delayed} jobs for its targets are delayed${nextMs === null ? '' : `, the next for ${lasting(nowMs, nextMs)}`}`,
    );
  return reason('nothing-waits', `Nothing waits for ${someOf(names)}`);
}

function whyNoTarget({ label, targets }: SlavePicture, known: Circumstances['farm']['targets']): Reason {
  const offered = targets[0] ?? '';
  const retired = known.find(({ target }) => targets.includes(target));
  const to = `piw-control targets add ${retired?.target ?? offered}`;
  if (offered === '') return reason('no-target', `${label} offers no target`);
  return reason(
    'no-target',
    retired
      ? `${label} builds for ${retired.target}, which is retired; to build for it again: ${to}`
      : `${label} builds for ${someOf(targets)}, which the farm doesn't build for; to let it: ${to}`,
  );
}

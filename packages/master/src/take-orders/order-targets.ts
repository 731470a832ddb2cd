import { addTarget, aliasTarget, listTargets, type NewTarget, preferTarget, retireTarget } from '@piw/db/targets';
import { nearest } from '@piw/host/nearest';
import { Refusal } from '@piw/host/operator-error';
import { mayBeAlias } from '@piw/wheel/alias-wheel';
import { targetName } from '@piw/wheel/target';
import { carryOut, type Done } from './carry-out.ts';
import { findTarget } from './find-target.ts';
import type { Answering, Office } from './office.ts';
import { whoOf } from './who.ts';

/** What the farm builds for. */
export const targetOrders: Answering<'ADD_TARGET' | 'RETIRE_TARGET' | 'ALIAS_TARGET' | 'PREFER_TARGET'> = (office) => ({
  ADD_TARGET: ({ target }, from) => add(office, target, whoOf(from)),
  RETIRE_TARGET: ({ target }, from) =>
    carryOut(office, { order: 'RETIRE_TARGET', who: whoOf(from) }, async (tx) => {
      const { targetId, retired } = await findTarget(tx, target);
      if (retired) return { done: [], refused: [{ subject: target, text: 'It is retired already.' }] };
      const { woken } = await retireTarget(tx, targetId);
      const text = 'Nothing more is built for it; its files stay.';
      return { done: [{ subject: target, text }], woken, tell: ['farm', 'pages'] };
    }),
  ALIAS_TARGET: ({ target, platform }, from) =>
    carryOut(office, { order: 'ALIAS_TARGET', who: whoOf(from) }, async (tx) => {
      const found = await findTarget(tx, target);
      if (platform !== null && !mayBeAlias(found.platform, platform)) return refuseAlias(target, platform);
      await aliasTarget(tx, found.targetId, platform);
      const text =
        platform === null
          ? 'Its wheels are for its own platform alone from now on.'
          : `Wheels that are built from now on are published for ${platform} too, where all their code runs there.`;
      return { done: [{ subject: target, text }], tell: ['farm'] };
    }),
  PREFER_TARGET: ({ target, preferred }, from) =>
    carryOut(office, { order: preferred ? 'PREFER_TARGET' : 'UNPREFER_TARGET', who: whoOf(from) }, async (tx) => {
      const found = await findTarget(tx, target);
      const { woken } = await preferTarget(tx, found.targetId, preferred);
      const text = preferred ? 'Its jobs come before the backlog of others.' : 'Its jobs have their usual place.';
      return { done: [{ subject: target, text }], woken, tell: ['farm'] };
    }),
});

/** A target is added as a slave offers it, or comes back as it was. */
function add(office: Office, name: string, who: string): Promise<Done> {
  const offers = office.driver.offers();
  return carryOut(office, { order: 'ADD_TARGET', who }, async (tx) => {
    const stored = await listTargets(tx);
    const known = stored.find((target) => targetName(target) === name);
    if (known && !known.retired) return { done: [], refused: [{ subject: name, text: 'The farm has it already.' }] };
    const offer: NewTarget = known ?? offers.get(name)?.offer ?? refuse(name, offers.keys());
    const { woken } = await addTarget(tx, offer);
    return { done: [{ subject: name, text: 'The farm builds for it.' }], woken, tell: ['farm', 'pages'] };
  });
}

const refuseAlias = (subject: string, platform: string) => ({
  done: [],
  refused: [
    {
      subject,
      text: `Nobody knows which of its code runs on ${platform}; what can be told is linux_armv6l of linux_armv7l.`,
    },
  ],
});

function refuse(name: string, offered: Iterable<string>): never {
  const meant = nearest(name, offered);
  throw new Refusal(
    `No slave offers ${name}, so nobody knows its tags.${meant === undefined ? '' : ` Is it ${meant}?`}`,
    'Start a slave that offers it; "piw-control targets" shows what is offered.',
  );
}

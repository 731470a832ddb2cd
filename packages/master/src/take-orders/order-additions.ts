import { addPackage } from '@piw/db/add-package';
import { addVersions } from '@piw/db/add-versions';
import { askUpstreamNow } from '@piw/db/upstream-pages';
import type { Ask, Reply } from '@piw/wire/control-protocol';
import { type Change, carryOut } from './carry-out.ts';
import type { Answering, Office } from './office.ts';
import { whoOf } from './who.ts';

/** What is asked for by name. */
export const additionOrders: Answering<'ADD'> = (office) => ({
  ADD: (ask, from) => add(office, ask, whoOf(from)),
});

/** The index is asked before anything is written: an unknown name leaves no trace. */
async function add(office: Office, { package: name, version, all }: Ask<'ADD'>, who: string): Promise<Reply<'ADD'>> {
  const wanted = await office.finder.find(name, version ?? (all ? 'all' : 'newest'));
  let added: Reply<'ADD'>['versions'] = [];
  await carryOut(office, { order: 'ADD', who }, async (tx): Promise<Change> => {
    const { packageId } = await addPackage(tx, { name });
    await askUpstreamNow(tx, packageId);
    const { versions, woken } = await addVersions(tx, packageId, wanted);
    added = versions.map(({ version: one, isNew }) => ({ version: one, isNew }));
    const done = versions.map((one) => ({
      subject: `${name} ${one.version}`,
      text: one.isNew ? 'It is asked for.' : 'It was known, and is asked for.',
    }));
    return { done, woken, tell: ['pages'] };
  });
  return { package: name, versions: inOrder(added, wanted) };
}

/** From new to old, as they were chosen. */
const inOrder = (added: Reply<'ADD'>['versions'], wanted: readonly { readonly version: string }[]) =>
  wanted.flatMap(({ version }) => added.filter((one) => one.version === version));

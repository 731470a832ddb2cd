import type { Transaction } from './queryable.ts';

const lock = {
  name: 'lock-versions',
  text: `select from versions where version_id = any ($1) order by version_id for no key update`,
};

/**
 * Locks versions until the transaction ends. Whoever writes jobs or facts of versions takes these locks first, in this order,
 * so that two who share some wait for each other instead of meeting in a deadlock.
 */
export async function lockVersions(tx: Transaction, versionIds: readonly number[]): Promise<void> {
  await tx.query({ ...lock, values: [versionIds] });
}

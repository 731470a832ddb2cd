import type { ReasonKind } from '@piw/wheel/outcome';

/** Transient ends with one reason since anything last ran: how many attempts, of how many slaves of how many owners, and how many there are. */
export interface Troubles {
  readonly kind: ReasonKind;
  readonly attempts: number;
  readonly slaves: number;
  readonly owners: number;
  readonly present: number;
  readonly ownersPresent: number;
}

/** As many witnesses as the world's fault needs. */
const witnesses = 3;

/** Reasons that lie outside of a slave, so that a small farm needs no third witness. */
const outside: ReadonlySet<ReasonKind> = new Set(['index-unreachable', 'transfer-broken']);

/**
 * Whether what slaves meet is the world's fault and none of theirs (DESIGN §7): three of them met the same, and nothing ran
 * meanwhile; who owns all three is no witness against others' slaves. Where there are fewer, all of them did, three times in all, and it is nothing that a slave could have by itself.
 */
export const isWorldsFault = ({ kind, attempts, slaves, owners, present, ownersPresent }: Troubles): boolean =>
  (slaves >= witnesses && owners >= Math.min(2, ownersPresent)) ||
  (outside.has(kind) && attempts >= witnesses && slaves >= present);

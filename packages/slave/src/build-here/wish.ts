import { UsageError } from '@piw/host/operator-error';
import type { Requirement } from '@piw/wheel/requirement';
import { parseRequirement } from '@piw/wheel/requirement';
import { parseVersion, type Version } from '@piw/wheel/version';

/** What a packager wants built; `exact` is the version where one is named. */
export interface Wish {
  readonly requirement: Pick<Requirement, 'name' | 'specifier'>;
  readonly exact: Version | undefined;
}

/** Reads `PACKAGE`, `PACKAGE==VERSION` or another requirement on a version (PEP 508); throws a UsageError. */
export function readWish(text: string): Wish {
  const requirement = parseRequirement(text);
  if (requirement?.url !== null)
    throw new UsageError(`"${text}" is no package`, 'Name it like markupsafe or markupsafe==3.0.2.');
  const [, exact] = /^===?\s*([^*,]+)$/.exec(requirement.specifier) ?? [];
  return { requirement, exact: exact === undefined ? undefined : parseVersion(exact) };
}

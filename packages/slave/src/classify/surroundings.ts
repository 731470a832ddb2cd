import type { ReasonKind } from '@piw/wheel/outcome';
import { about, type Rule } from './rule.ts';

/** Failures that tell of what the build may use, not of the package: memory, disk, the network, the Python. */
export const surroundings: readonly Rule[] = [
  saying(
    'memory-limit',
    /fatal error: Killed signal terminated program|internal compiler error: Killed/,
    'A compiler was killed, most likely for want of memory.',
  ),
  saying(
    'memory-limit',
    /^MemoryError\b|virtual memory exhausted|std::bad_alloc|out of memory allocating|Cannot allocate memory/,
    'The build ran out of memory.',
  ),
  saying('disk-limit', /No space left on device/, 'The build filled the disk space that it may use.'),
];

/** What a build without the network says when it wants it; a cause only where nothing better is said. */
export const needsNetwork: readonly Rule[] = [
  about(
    'needs-network',
    /(?:Could not resolve host|resolve host name|Failed to resolve|unable to resolve)[: ']*(?:\()?'?([\w.-]+\.[\w.-]+)/i,
    (host) => `The build wants the network, to reach ${host}.`,
  ),
  saying(
    'needs-network',
    /Temporary failure in name resolution|Name or service not known|Could not resolve host|Network is unreachable|nodename nor servname|getaddrinfo (?:failed|EAI_AGAIN)|but --offline was specified|dial tcp: lookup/,
    'The build wants the network.',
  ),
];

/** The package's own word that this Python isn't for it. */
export const pythonExcluded: readonly Rule[] = [
  about(
    'python-excluded',
    /requires (?:a different )?Python[^\n]{0,80}?((?:[<>=!~]=?|at least) ?'?\d[\d.,<>=! ]*)/i,
    (which) => `The package needs Python ${which.trim()}.`,
  ),
  about(
    'python-excluded',
    /Cannot install on Python version ([\d.]+)/,
    (which) => `The package does not admit Python ${which}.`,
  ),
  about(
    'python-excluded',
    /Python (?:version )?([\d.]+\+?) (?:or (?:later|newer|higher|above|greater) )?(?:is|are) required/i,
    (which) => `The package needs Python ${which}.`,
  ),
  about(
    'python-excluded',
    /(?:does not support|is not supported on|not compatible with) Python (\d[\d.]*)/i,
    (which) => `The package does not support Python ${which}.`,
  ),
];

function saying(kind: ReasonKind, pattern: RegExp, text: string): Rule {
  return { kind, pattern, pick: 'first', subject: () => null, text: () => text };
}

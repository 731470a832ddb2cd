/**
 * What Node is told where a master is started by Node's own path, and by its unit in deploy/: what is young is looked through each
 * 2 MB, in place of up to 16, all of which stays in memory twice. Node takes it at its start alone, by these words or NODE_OPTIONS.
 */
export const masterNode = ['--max-semi-space-size=2'] as const;

import { program } from '@piw/host/program';
import { authorizeCommand } from './authorize.ts';
import { listCommand } from './list.ts';
import { makeCommand } from './make.ts';
import { revokeCommand } from './revoke.ts';
import { showCommand } from './show.ts';

/** The keys that let slaves, observers and operators of other machines in. */
export const piwKeys = program({
  name: 'piw-keys',
  describe: 'Makes the keys that let slaves and operators of other machines in, and says whose are let in',
  epilogue: 'A running master heeds authorize and revoke at once.',
  commands: [makeCommand, showCommand, authorizeCommand, revokeCommand, listCommand],
});

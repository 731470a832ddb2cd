/** A program of this project as it is typed where the one that tells of it was started: npm's own programs are not on every shell's PATH. */
export const asTyped = (program: string, env: NodeJS.ProcessEnv): string =>
  env['npm_command'] === undefined ? program : `npx ${program}`;

/** A program of this project as it is typed where the one that tells of it was started: npm's own programs are not on every shell's PATH. */
export const asTyped = (program: string, env: NodeJS.ProcessEnv): string =>
  isFromNpm(env) ? `npx ${program}` : program;

/**
 * A text for people, with the commands in it as they are typed here: each program of this project at the beginning, after a colon, in
 * quotes or in brackets.
 */
export const withCommandsAsTyped = (text: string, env: NodeJS.ProcessEnv): string =>
  isFromNpm(env) ? text.replace(/(^|["(]|: )(piw-[a-z]+)(?=[ "]|$)/g, '$1npx $2') : text;

/** Whether a program was started through npm or npx. */
export const isFromNpm = (env: NodeJS.ProcessEnv): boolean => env['npm_command'] !== undefined;

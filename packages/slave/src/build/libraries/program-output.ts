import { execa } from 'execa';

/** What a program of the system prints, the first of these that there is; nothing where none is, or where it fails without a word. */
export async function output(
  programs: readonly string[],
  args: readonly string[],
  cancelSignal: AbortSignal,
): Promise<string> {
  for (const program of programs) {
    const options = {
      reject: false,
      cancelSignal,
      timeout: 60_000,
      maxBuffer: 16 << 20,
      stdin: 'ignore',
      env: { LC_ALL: 'C' },
    } as const;
    const { stdout, code } = await execa(program, args, options);
    cancelSignal.throwIfAborted();
    if (code !== 'ENOENT') return stdout;
  }
  return '';
}

/** What is wrong and what to do about it, in a line. */
export function wordsOf(error: unknown): string {
  const { message, remedy } = error as Error & { readonly remedy?: string };
  return remedy === undefined ? message : `${message} ${remedy}`;
}

/** The heart of what pip's network library says: `Connection refused` out of three nested exceptions. */
export function plainly(text: string): string {
  const system = /\[Errno -?\d+\] ([^'")\]]+)/.exec(text)?.[1];
  if (system !== undefined) return system;
  const known =
    /(Failed to resolve '[^']+'|Read timed out|Connection reset by peer|certificate verify failed: [^'"()]+|too many \d+ error responses|more than \d+ bytes)/.exec(
      text,
    )?.[1];
  const words = known ?? text.replace(/<[^>]{0,200}>:? ?/g, '').slice(0, 300);
  return words.replace(/\s+/g, ' ').trim();
}

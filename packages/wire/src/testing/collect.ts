/** The first `count` things that something iterable says. */
export async function collect<T>(from: AsyncIterable<T>, count: number): Promise<T[]> {
  const got: T[] = [];
  for await (const one of from) if (got.push(one) >= count) break;
  return got;
}

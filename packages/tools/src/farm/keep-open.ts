import { once } from 'node:events';
import type { House } from './house.ts';
import type { FarmOptions } from './options.ts';
import { wish } from './wish.ts';
import type { Wish } from './wishes.ts';
import { parseWish } from './wishes.ts';

/** What a farm that has nothing builds first, so that a new user sees it work: pure, compiled, compiled with a choice. */
const samples = ['six', 'markupsafe', 'simplejson'].map(parseWish);

/** Says how to use the farm, asks for what was named, and tells what happens until somebody stops it. Returns the exit code. */
export async function keepOpen(
  { wishes, slaves }: Pick<FarmOptions, 'wishes' | 'slaves'>,
  house: House,
): Promise<number> {
  const { siteUrl, say, signal } = house;
  say(`site   ${siteUrl}simple/`);
  say(`try    pip install --index-url ${siteUrl}simple/ ${wishes[0]?.package ?? 'six'}`);
  house.manned.catch((error: unknown) => {
    if (!signal.aborted) say(String(error));
  });
  const first = wishes.length > 0 || slaves === 0 ? wishes : await samplesIfNew(house);
  for (const one of first) {
    const granted = await wish(one, house);
    if (typeof granted === 'string') say(granted);
  }
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  await Promise.race([stopped, house.ended]);
  return 0;
}

async function samplesIfNew({ control, say, signal }: House): Promise<readonly Wish[]> {
  const { packages } = await control.ask('STATISTICS', {}, { signal });
  if (packages > 0) return [];
  say(`the farm is new: it builds ${samples.map((sample) => sample.package).join(', ')} to show how it works`);
  return samples;
}

import { targetName } from '@piw/wheel/target';
import { packageManager } from '../distribution/distribution.ts';
import { directoriesOf } from '../toolchains/find-program.ts';
import { type Asked, askCandidate, type Known } from './ask-candidate.ts';
import { behindShims } from './behind-shims.ts';
import { candidates } from './candidates.ts';
import type { Interpreter, UnusableInterpreter } from './interpreter.ts';
import { judgePython, type Trial } from './judge-python.ts';
import { targetOfTags } from './target-of-tags.ts';

/** Where to look for Pythons, and with what to try them. */
export interface InterpreterSearch extends Omit<Trial, 'manager'> {
  /** A PATH. */
  readonly path: string;
  /** Executables that the user named: looked at first, and spoken of whatever comes of them. */
  readonly wanted: readonly string[];
}

export interface FoundInterpreters {
  /** One a target: the first that can build for it. */
  readonly usable: readonly Interpreter[];
  /** Of those that nobody named, only such as would have given one target more. */
  readonly unusable: readonly UnusableInterpreter[];
}

/** How many are asked together, of which most wait, for the disk or a shim's shell; and tried together: a board has few cores. */
const atOnce = { asked: 4, tried: 2 };

/** Finds every Python that can build here, and what stops the others. Remembers nothing: what is installed later is found next time. */
export async function findInterpreters(search: InterpreterSearch): Promise<FoundInterpreters> {
  const trial: Trial = { ...search, manager: await packageManager() };
  const folders = await Promise.all(directoriesOf(search.path).map((folder) => behindShims(folder, search.signal)));
  const asked = await inTurn(atOnce.asked, candidates(folders.flat(), search.wanted), (each) =>
    askCandidate(each, search.signal),
  );
  const tried = await inTurn(atOnce.tried, rivals(asked), (group) => firstThatBuilds(group, trial));
  return {
    usable: tried.flatMap(({ usable }) => usable),
    unusable: [
      ...asked.flatMap((each) => ('unusable' in each ? each.unusable : [])),
      ...tried.flatMap(({ unusable }) => unusable),
    ],
  };
}

/** Pythons by what they build for, each executable once; one that builds for nothing rivals none. */
function rivals(asked: readonly Asked[]): Known[][] {
  const groups = new Map<string, Map<string, Known>>();
  for (const known of asked) {
    if (!('facts' in known)) continue;
    const { executable, tags } = known.facts;
    const target = targetOfTags(tags);
    const name = target ? targetName(target) : executable;
    const group = groups.get(name) ?? new Map<string, Known>();
    groups.set(name, group);
    if (!group.has(executable)) group.set(executable, known);
  }
  return [...groups.values()].map((group) => [...group.values()]);
}

async function firstThatBuilds(group: readonly Known[], trial: Trial): Promise<FoundInterpreters> {
  const unusable: (UnusableInterpreter & Pick<Known, 'wanted'>)[] = [];
  for (const { facts, wanted } of group) {
    const judgement = await judgePython(facts, trial);
    if ('usable' in judgement) return { usable: [judgement.usable], unusable: unusable.filter((each) => each.wanted) };
    unusable.push({ ...judgement.unusable, wanted });
  }
  return { usable: [], unusable };
}

/** The results in the order of the items, worked on a few at a time. */
async function inTurn<Item, Result>(
  workers: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

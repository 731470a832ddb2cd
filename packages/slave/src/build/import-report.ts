import { z } from 'zod';

/** How importing a wheel's modules went. `broken` is the wheel's own fault: code of it that cannot be loaded. */
export type ImportReport =
  | { readonly end: 'imported' }
  | { readonly end: 'broken'; readonly subject: string; readonly text: string }
  | { readonly end: 'not-checked'; readonly why: string };

const line = z.union([
  z.object({ importing: z.string() }),
  z.object({ failed: z.string(), error: z.string(), text: z.string(), file: z.string().nullish() }),
  z.object({ done: z.literal(true) }),
]);
type Failure = Extract<z.output<typeof line>, { failed: string }>;

/** What the import script has told, and whose the files below `site-packages` are. */
export interface ImportEvidence {
  /** JSON lines of `import_modules.py`. */
  readonly told: string;
  /** faulthandler's stack, where Python crashed. */
  readonly dump: string;
  readonly crashed: boolean;
  /** The wheel's own shared objects, by their paths in it. */
  readonly own: readonly string[];
  readonly ownModules: readonly string[];
}

/** Judges what came of the imports: only an undefined symbol, a missing library or a crash, and only in the wheel's own code, is its fault. */
export function readImportReport(evidence: ImportEvidence): ImportReport {
  const lines = evidence.told.split('\n').flatMap(readLine);
  const failures = lines.filter((each) => 'failed' in each);
  const broken = failures.find((failure) => isUnloadable(failure) && isOwn(failure, evidence));
  if (broken)
    return { end: 'broken', subject: broken.failed, text: `${broken.failed} cannot be loaded: ${broken.text}` };
  const done = lines.some((each) => 'done' in each);
  if (!done && evidence.crashed) return crash(lines.findLast((each) => 'importing' in each)?.importing, evidence);
  if (!done) return { end: 'not-checked', why: 'a module ended Python while it was imported' };
  const [first] = failures;
  if (first) return { end: 'not-checked', why: `${first.failed} could not be imported: ${first.error}: ${first.text}` };
  return { end: 'imported' };
}

function readLine(text: string): z.output<typeof line>[] {
  try {
    const read = line.safeParse(JSON.parse(text));
    return read.success ? [read.data] : [];
  } catch {
    return []; // a process that was killed leaves half a line
  }
}

/** glibc's, musl's and PyPy's words for it. */
const unloadable =
  /undefined symbol|symbol not found|cannot open shared object file|Error loading shared library|version `[^']*' not found|wrong ELF class|invalid ELF header/;

const isUnloadable = ({ error, text }: Failure): boolean =>
  /^(?:ImportError|OSError)$/.test(error) && unloadable.test(text);

/**
 * The loader names the file that it could not load, or only the library that it misses for it: then the innermost file of an
 * installed package, which wanted to import it, tells whose it is.
 */
function isOwn({ text, file }: Failure, { own, ownModules }: ImportEvidence): boolean {
  const named = /site-packages\/([^\s:)]+)/.exec(text)?.[1];
  if (named !== undefined) return own.includes(named);
  const importer = /site-packages\/([^"/]+?)(?:\.py)?(?:\/|$)/.exec(file ?? '')?.[1];
  return importer === undefined || ownModules.includes(importer);
}

/** A crash is the wheel's where the innermost file of an installed package on the stack is its own, or none is on it. */
function crash(module: string | undefined, { dump, ownModules }: ImportEvidence): ImportReport {
  const innermost = /site-packages\/([^"/]+?)(?:\.py)?["/]/.exec(dump)?.[1];
  if (module !== undefined && (innermost === undefined || ownModules.includes(innermost)))
    return { end: 'broken', subject: module, text: `Python crashes when it imports ${module}.` };
  return {
    end: 'not-checked',
    why: `Python crashed in ${innermost ?? 'an unknown place'}, which the wheel depends on`,
  };
}

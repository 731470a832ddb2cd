import { quoted } from './unsound-error.ts';

/** What of an environment is its Python: the names that venv makes, and the file that makes it an environment (PEP 405). */
const interpreter = /^(?:python|pypy)(?:\d+(?:\.\d+)?t?)?w?(?:\.exe)?$/i;
const installed = /^[^/]+\.data\/(?:scripts\/|data\/(?:bin|Scripts)\/)([^/]+)$/;
const configuration = /^[^/]+\.data\/data\/pyvenv\.cfg$/;

/**
 * Where installing a wheel would put something in the place of the environment's own Python (PEP 427, "The .data directory";
 * entry points: console_scripts, gui_scripts); a sentence a fault.
 */
export function* environmentFaults(paths: Iterable<string>, entryPoints: string | null): Generator<string> {
  const harm = 'would replace the Python of whoever installs the wheel';
  for (const path of paths)
    if (interpreter.test(installed.exec(path)?.[1] ?? '') || configuration.test(path)) yield `${quoted(path)} ${harm}.`;
  for (const script of scriptsOf(entryPoints ?? ''))
    if (interpreter.test(script)) yield `The script ${quoted(script)} among its entry points ${harm}.`;
}

function scriptsOf(entryPoints: string): string[] {
  const sections = entryPoints.split(/^\s*\[/m).filter((text) => /^\s*(?:console|gui)_scripts\s*\]/.test(text));
  return sections.flatMap((text) => [...text.matchAll(/^\s*([^\s#;=:]+)\s*[=:]/gm)].map(([, name]) => name!));
}

import { formatSize } from '@piw/host/size';
import { targetName } from '@piw/wheel/target';
import { canBuild, type MachineReport } from './check.ts';
import { installAdvice } from './distribution/distribution.ts';
import { knownTools } from './toolchains/known-tools.ts';

/** The report of `piw-slave --check`, for people: what is there, what is missing and how to have it, and the verdict last. */
export function checkReport(report: MachineReport): string {
  const sections: [string, string[]][] = [
    ['sandbox', sandboxLines(report)],
    ['Pythons', pythonLines(report)],
    ['tools', toolLines(report)],
    ['index', report.indexUrls === null ? ['unknown: there is no pip to ask'] : [...report.indexUrls]],
    ['disk', [`${amount(report.vitals.diskFreeBytes, report.vitals.diskSizeBytes)} in ${report.dir}`]],
    ['memory', [amount(report.vitals.memoryFreeBytes, report.vitals.memorySizeBytes)]],
  ];
  return [...sections.flatMap(([title, lines]) => section(title, lines)), '', verdict(report)].join('\n');
}

const margin = 10;

/** A title at the left of its first line, and nothing at the left of the others. */
const section = (title: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => (i === 0 ? title : '').padEnd(margin) + line);

const amount = (free: number, size: number): string => `${formatSize(free)} free of ${formatSize(size)}`;

function sandboxLines({ sandbox }: MachineReport): string[] {
  if (!('name' in sandbox)) return [sandbox.message, sandbox.remedy];
  return sandbox.name === 'none' ? ['none: builds can read and change whatever you can'] : [sandbox.name];
}

function pythonLines({ interpreters: { usable, unusable } }: MachineReport): string[] {
  const rows = usable.map(({ target, python, executable }) => [targetName(target), python, executable]);
  const lines = [...table(rows), ...unusable.map(({ path, why, remedy }) => `${path} ${why}. ${remedy}`)];
  return lines.length > 0 ? lines : ['none found on PATH; name one with --python'];
}

function toolLines({ tools, manager }: MachineReport): string[] {
  const rows = knownTools.map(({ name, purpose }) => {
    const tool = tools.find((each) => each.name === name);
    return [name, tool?.path ? (tool.version ?? tool.path) : `missing, for ${purpose}`];
  });
  const missing = knownTools.filter(({ name }) => !tools.some((tool) => tool.name === name && tool.path !== null));
  const packages = [...new Set(missing.map((tool) => (manager ? tool.packages[manager] : tool.name)))];
  return packages.length === 0 ? table(rows) : [...table(rows), installAdvice(manager, packages)];
}

/** Rows with their columns under each other, two spaces apart. */
function table(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  );
}

function verdict(report: MachineReport): string {
  if (canBuild(report))
    return `This machine builds for ${report.interpreters.usable.map(({ target }) => targetName(target)).join(', ')}.`;
  return `Nothing can be built here: ${'name' in report.sandbox ? 'no Python can build' : 'there is no sandbox'}.`;
}

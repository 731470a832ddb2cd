import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { compressTags } from '../tag.ts';
import { makeZip, type ZipFrame, type ZipMember } from './make-zip.ts';

/** A wheel to be made: sound unless a field says otherwise. */
export interface WheelPlan {
  readonly name?: string;
  readonly version?: string;
  readonly tags?: readonly string[];
  readonly buildTag?: string;
  /** Contents by path; without them, a module of the package's name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Further lines of METADATA: `Requires-Python: >=3.9`. */
  readonly metadata?: readonly string[];
  /** METADATA, WHEEL and RECORD in place of the true ones; null leaves the file out. */
  readonly metadataText?: string | null;
  readonly wheelText?: string | null;
  readonly record?: (rows: readonly string[]) => readonly string[] | null;
  /** The last word on the archive's members, RECORD included, and on what is around them. */
  readonly members?: (members: readonly ZipMember[]) => readonly ZipMember[];
  readonly frame?: ZipFrame;
}

/** A wheel in memory. */
export interface MadeWheel {
  readonly filename: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** A wheel for tests (PEP 427); each field of the plan can make it lie in one way. */
export function makeWheel(plan: WheelPlan = {}): MadeWheel {
  const { name = 'demo', version = '1.0', tags = ['py3-none-any'] } = plan;
  const stem = `${name.replace(/[-.]+/g, '_')}-${version}`;
  const described = Object.entries({
    ...(plan.files ?? { [`${name.replace(/[-.]+/g, '_')}.py`]: 'answer = 42\n' }),
    [`${stem}.dist-info/METADATA`]:
      plan.metadataText === undefined ? metadataOf(name, version, plan) : plan.metadataText,
    [`${stem}.dist-info/WHEEL`]: plan.wheelText === undefined ? wheelOf(tags, plan.buildTag) : plan.wheelText,
  }).filter((file): file is [string, string | Uint8Array] => file[1] !== null);
  const record = `${stem}.dist-info/RECORD`;
  const rows = [...described.map(([path, content]) => recordRow(path, content)), `${record},,`];
  const listed = plan.record === undefined ? rows : plan.record(rows);
  const files = listed === null ? described : [...described, [record, `${listed.join('\n')}\n`] as const];
  const members = files.map(([path, content]): ZipMember => ({ name: path, content }));
  const bytes = makeZip(plan.members?.(members) ?? members, plan.frame);
  const build = plan.buildTag === undefined ? '' : `-${plan.buildTag}`;
  const filename = `${stem}${build}-${compressTags(tags) ?? tags.join('.')}.whl`;
  return { filename, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** `path,sha256=…,size`, as RECORD has it of a file. */
export function recordRow(
  path: string,
  content: string | Uint8Array,
  algorithm = 'sha256',
  openssl = algorithm,
): string {
  const digest = createHash(openssl).update(content).digest('base64url');
  return `${path.includes(',') ? `"${path}"` : path},${algorithm}=${digest},${Buffer.from(content).length}`;
}

const metadataOf = (name: string, version: string, { metadata = [] }: WheelPlan): string =>
  ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...metadata, '', 'A demo.\n'].join('\n');

function wheelOf(tags: readonly string[], buildTag: string | undefined): string {
  const build = buildTag === undefined ? [] : [`Build: ${buildTag}`];
  const pure = tags.every((tag) => tag.endsWith('-any'));
  const head = ['Wheel-Version: 1.0', 'Generator: make-wheel', `Root-Is-Purelib: ${pure}`];
  return `${[...head, ...tags.map((tag) => `Tag: ${tag}`), ...build].join('\n')}\n`;
}

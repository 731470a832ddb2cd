import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { jobKey } from '@piw/wire/status-board';
import type { JobPicture } from '@piw/wire/status-protocol';
import { expect, test } from 'vitest';
import { jobNews } from './asked-jobs.ts';
import { aBoard } from './testing/boards.ts';

const job = (name: string, state: JobPicture['state'] = 'waiting'): JobPicture => ({
  package: packageName.parse(name),
  version: version.parse('1.0'),
  target: 'cp311-linux_x86_64',
  state,
  priority: 'wanted',
});

const told = (before: readonly JobPicture[], now: readonly JobPicture[]) =>
  jobNews(aBoard({ jobs: new Map(before.map((one) => [jobKey(one), one])) }), now).map(({ body }) =>
    'job' in body ? `${body.job.package} ${body.job.state}` : '',
  );

test('a job that is asked for is told when it comes, changes and is done, and not in between', () => {
  expect(told([], [job('six')])).toEqual(['six waiting']);
  expect(told([job('six')], [job('six')])).toEqual([]);
  expect(told([job('six')], [job('six', 'building')])).toEqual(['six building']);
  expect(told([job('six', 'building')], [])).toEqual(['six gone']);
});

import { grains, type HistorySubject } from '@piw/db/history-series';
import { readHistory } from '@piw/db/read-history';
import { listSlaves } from '@piw/db/slaves';
import type { Ask } from '@piw/wire/control-protocol';
import { broughtTogether } from '../keep-count/history/brought-together.ts';
import { chooseCourse } from '../keep-count/history/choose-course.ts';
import { chooseSlaves } from './choose-slaves.ts';
import { findTarget } from './find-target.ts';
import type { Answering, Office } from './office.ts';

/** How things were, up to the step that has just passed. */
export const historyLooks: Answering<'HISTORY'> = (office) => ({
  HISTORY: async ({ subject, series, fromMs, toMs, points }) => {
    const { pool, now } = office.premises;
    const nowMs = now();
    const about = await subjectOf(office, subject);
    const course = chooseCourse({ fromMs, toMs: toMs ?? nowMs, points }, nowMs);
    const stepsMs = grains.map(({ stepMs }) => stepMs).filter((stepMs) => stepMs <= course.stepMs);
    const endMs = course.fromMs + course.points * course.stepMs;
    const kept = await readHistory(pool, about, { fromMs: course.fromMs, toMs: endMs, stepsMs, series });
    const pieces = [...kept, ...office.accountant.chronicleOf(about)];
    return {
      fromMs: course.fromMs,
      stepMs: course.stepMs,
      series: writable(broughtTogether(pieces, series, course)),
    };
  },
});

async function subjectOf({ premises: { pool } }: Office, subject: Ask<'HISTORY'>['subject']): Promise<HistorySubject> {
  switch (subject.of) {
    case 'farm':
      return { kind: 'farm', name: '' };
    case 'target':
      await findTarget(pool, subject.target);
      return { kind: 'target', name: subject.target };
    case 'slave':
      chooseSlaves([subject.slave], await listSlaves(pool));
      return { kind: 'slave', name: subject.slave };
  }
}

const writable = <K extends string>(series: Partial<Record<K, readonly (number | null)[]>>) =>
  series as Partial<Record<K, (number | null)[]>>; // made for this answer alone

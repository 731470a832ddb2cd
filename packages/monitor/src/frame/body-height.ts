import { oncePer } from '@piw/operator/once-per';
import type { Monitor } from '../state/monitor.ts';
import { viewAt } from '../views/views.ts';
import { headerHeight } from './header-height.ts';
import { logLines } from './log-lines.ts';
import { noticeLines } from './notices.ts';

/** How the part of the screen between head and foot is divided. */
export interface Body {
  /** All of it, in lines. */
  readonly total: number;
  /** Of a list: what is left for rows. */
  readonly rows: number;
  /** Of a page: what may be scrolled through, how many lines that has, and how many of them are seen. */
  readonly length: number;
  readonly height: number;
}

/** Notices and the line at the foot, above which there is another while a command is typed. */
export const footHeight = (monitor: Monitor): number =>
  noticeLines(monitor).length + (monitor.prompt?.for === 'command' ? 2 : 1);

export const bodyHeight = oncePer((monitor: Monitor): Body => {
  const view = viewAt(monitor.place);
  const { columns, rows } = monitor.size;
  const total = Math.max(1, rows - headerHeight(monitor) - footHeight(monitor));
  if (view.kind === 'list') {
    const above = view.above?.(monitor, columns).length ?? 0;
    const below = view.below?.(monitor, columns).length ?? 0;
    return { total, rows: Math.max(1, total - above - below - 1), length: 0, height: 0 };
  }
  if (view.kind === 'charts') return { total, rows: 0, length: 0, height: 0 };
  const lines = view.lines(monitor, columns);
  if (!view.attempt) return { total, rows: 0, length: lines.length, height: total };
  const height = Math.max(1, total - lines.length - 1);
  return { total, rows: 0, length: logLines(monitor).length, height };
});

import { age } from '@piw/operator/moment';
import { slaveLabelled } from '@piw/wire/board-slaves';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Monitor } from '../state/monitor.ts';
import { type Line, line, span } from '../text/span.ts';
import { diskSpan, heatSpan, loadSpan, memorySpan } from './machine-words.ts';
import { doing, stateGlyph } from './slave-words.ts';
import type { PageView } from './view.ts';

/** One slave: who it is, how its machine is, what it builds, with the log of that. */
export const slavePage = (label: string): PageView => ({
  kind: 'page',
  wishes: () => [],
  attempt: ({ feed: { board } }) => (board && slaveLabelled(board, label)?.task?.attempt) ?? null,
  lines: (monitor) => {
    const slave = monitor.feed.board && slaveLabelled(monitor.feed.board, label);
    return slave ? about(slave, monitor) : [line(`No slave is called ${label} any more.`)];
  },
});

function about(slave: SlavePicture, { nowMs }: Monitor): Line[] {
  const { label, host, software, targets, connectedMs, skewMs, vitals } = slave;
  return [
    line(
      stateGlyph(slave, nowMs),
      ' ',
      span(label, 'strong'),
      `  ${targets.join(' ')}  on ${host}  up ${age(connectedMs, nowMs)}  ${software}`,
    ),
    line('  ', doing(slave, nowMs)),
    line(
      '  load ',
      loadSpan(vitals),
      '  mem ',
      memorySpan(vitals),
      '  disk ',
      diskSpan(vitals),
      '  ',
      heatSpan(vitals),
      '°C',
      `  skew ${skewMs} ms`,
    ),
  ];
}

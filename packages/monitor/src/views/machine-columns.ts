import { age } from '@piw/operator/moment';
import type { ColumnOf } from '../table/table.ts';
import { span } from '../text/span.ts';
import { type Builder, either, vitalsOf } from './builder.ts';
import { diskSpan, diskUsed, heatSpan, loadSpan, memorySpan, memoryUsed, swapSpan, swapUsed } from './machine-words.ts';

/** How the machines are. */
export const machineColumns: readonly ColumnOf<Builder>[] = [
  {
    ...{ id: 'load', title: 'LOAD', width: 5, align: 'right', yields: 5 },
    cell: (builder) => loadSpan(vitalsOf(builder)),
    sortBy: (builder) => vitalsOf(builder)?.load ?? null,
  },
  {
    ...{ id: 'memory', title: 'MEM', width: 4, align: 'right', yields: 4 },
    cell: (builder) => memorySpan(vitalsOf(builder)),
    sortBy: (builder) => memoryUsed(vitalsOf(builder)),
  },
  {
    ...{ id: 'swap', title: 'SWAP', width: 4, align: 'right', yields: 8, spare: true },
    cell: (builder) => swapSpan(vitalsOf(builder)),
    sortBy: (builder) => swapUsed(vitalsOf(builder)),
  },
  {
    ...{ id: 'disk', title: 'DISK', width: 4, align: 'right', yields: 4 },
    cell: (builder) => diskSpan(vitalsOf(builder)),
    sortBy: (builder) => diskUsed(vitalsOf(builder)),
  },
  {
    ...{ id: 'heat', title: '°C', width: 3, align: 'right', yields: 4 },
    cell: (builder) => heatSpan(vitalsOf(builder)),
    sortBy: (builder) => vitalsOf(builder)?.temperatureC ?? null,
  },
  {
    ...{ id: 'machine-up', title: 'BOOTED', width: 6, align: 'right', yields: 8, spare: true },
    cell: (builder) => span(sinceStart(vitalsOf(builder)?.upMs), 'dim'),
    sortBy: (builder) => vitalsOf(builder)?.upMs ?? null,
  },
  {
    ...{ id: 'skew', title: 'SKEW ms', width: 7, align: 'right', yields: 8, spare: true },
    cell: either(
      () => span('–', 'dim'),
      ({ slave: { skewMs } }) => span(String(Math.round(skewMs))),
    ),
    sortBy: either(
      () => null,
      ({ slave: { skewMs } }) => skewMs,
    ),
  },
];

const sinceStart = (upMs: number | undefined): string => (upMs === undefined ? '' : age(0, upMs));

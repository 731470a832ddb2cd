import { markedColumns, markOf } from './marks.ts';
import type { Scale } from './scale.ts';

/** What a chart is drawn on: dots, two to a column and four to a line, and text in their places. */
export interface Canvas {
  strokeStyle: string;
  fillStyle: string;
  readonly beginPath: () => void;
  readonly moveTo: (x: number, y: number) => void;
  readonly lineTo: (x: number, y: number) => void;
  readonly stroke: () => void;
  readonly fillText: (text: string, x: number, y: number) => void;
}

/** Where in a picture the figures are: columns, and the line where zero is. */
export interface Field {
  readonly left: number;
  readonly columns: number;
  readonly bottom: number;
  readonly scale: Scale;
}

/** Figures in equal steps, NaN where nobody knows, in a colour. */
export interface Stroke {
  readonly colour: string;
  readonly figures: readonly number[];
}

/** Draws all the lines, then their marks: no line hides another's. */
export function plot(canvas: Canvas, field: Field, strokes: readonly Stroke[]): void {
  for (const stroke of strokes) drawLine(canvas, field, stroke);
  for (const [nth, stroke] of strokes.entries()) drawMarks(canvas, field, stroke, { nth, of: strokes.length });
}

/** No dot leads from or to what nobody knows. */
function drawLine(canvas: Canvas, field: Field, { colour, figures }: Stroke): void {
  canvas.strokeStyle = colour;
  canvas.beginPath();
  for (const [step, figure] of figures.entries()) {
    if (Number.isNaN(figure)) continue;
    const leads = step > 0 && !Number.isNaN(figures[step - 1]!);
    canvas[leads ? 'lineTo' : 'moveTo'](dotOf(step, figures.length, field), heightOf(figure, field));
  }
  canvas.stroke();
}

function drawMarks(
  canvas: Canvas,
  field: Field,
  { colour, figures }: Stroke,
  among: { nth: number; of: number },
): void {
  const mark = markOf(among.nth, among.of);
  if (mark === null) return;
  const heights = Array.from({ length: field.columns }, (_, column) =>
    figureAt(figures, (column + 0.5) / field.columns),
  );
  const known = heights.map((figure) => !Number.isNaN(figure));
  canvas.fillStyle = colour;
  for (const column of markedColumns(known, among.nth, among.of))
    canvas.fillText(mark, (field.left + column) * 2, heightOf(heights[column]!, field));
}

/** The figure at a part of all the steps: between two of them on the line that leads from one to the other. */
function figureAt(figures: readonly number[], part: number): number {
  const at = part * figures.length;
  const [before, after] = [figures[Math.floor(at)] ?? Number.NaN, figures[Math.ceil(at)] ?? Number.NaN];
  return before + (after - before) * (at - Math.floor(at));
}

const dotOf = (step: number, of: number, { left, columns }: Field): number =>
  Math.floor(left * 2 + (step / of) * columns * 2);

/** A figure at a step of the scale is on the lowest dot of that step's line. */
function heightOf(figure: number, { bottom, scale: { step, count, rows } }: Field): number {
  const part = Math.max(0, Math.min(1, figure / (step * count)));
  return bottom * 4 + 3 - Math.round(part * count * rows * 4);
}

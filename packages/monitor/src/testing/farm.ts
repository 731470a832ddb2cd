import type { Answer, ControlType, Question } from '@piw/wire/control-protocol';
import { boardOf } from '@piw/wire/status-board';
import type { Snapshot } from '@piw/wire/status-protocol';
import { nowMs } from '@piw/wire/testing/example-farm';
import { drawFrame } from '../frame/frame.ts';
import { usualPreferences } from '../run/preferences.ts';
import type { Effect, MonitorEvent } from '../state/event.ts';
import { wish } from '../state/look.ts';
import type { Monitor, Preferences, Size } from '../state/monitor.ts';
import { startMonitor } from '../state/start.ts';
import { step } from '../state/step.ts';
import { textOf } from '../text/span.ts';

interface TestStart {
  readonly size?: Size;
  readonly readonly?: string | null;
  readonly preferences?: Preferences;
}

/** A monitor that is driven by keys, as an operator would, with a farm that it knows. */
export class TestMonitor {
  monitor: Monitor;
  /** All that was to be done. */
  readonly effects: Effect[] = [];

  constructor(farm: Snapshot | null, { size, readonly = null, preferences = usualPreferences }: TestStart = {}) {
    this.monitor = startMonitor({ size: size ?? { columns: 120, rows: 20 }, nowMs, readonly, preferences });
    if (farm) this.show(farm);
  }

  show(farm: Snapshot): this {
    return this.happens({ type: 'FEED', nowMs, feed: { board: boardOf(farm), heardMs: nowMs, trouble: null } });
  }

  happens(event: MonitorEvent): this {
    const [monitor, effects] = step(this.monitor, event);
    this.monitor = monitor;
    this.effects.push(...effects);
    return this;
  }

  /** Presses keys by their names. */
  press(...keys: string[]): this {
    for (const key of keys) this.happens({ type: 'KEY', key });
    return this;
  }

  /** Types a text, a character a key. */
  type(text: string): this {
    return this.press(...Array.from(text, (one) => (one === ' ' ? 'space' : one)));
  }

  /** The master answers a question. */
  answers<K extends ControlType>(question: K, ask: Question<K>, answer: unknown): this {
    return this.happens({ type: 'LOOKED', id: wish(question, ask, 0).id, answer: answer as Answer<K> });
  }

  /** What is on the screen, a line a line. */
  get screen(): string[] {
    return drawFrame(this.monitor).lines.map((line) => textOf(line).trimEnd());
  }

  /** The line on the screen that has this in it; throws where none does. */
  line(part: string): string {
    const found = this.screen.find((line) => line.includes(part));
    if (found === undefined) throw new Error(`no line with ${part} on\n${this.screen.join('\n')}`);
    return found;
  }

  /** The row where the operator is. */
  get chosen(): string {
    return this.line('>').slice(2);
  }
}

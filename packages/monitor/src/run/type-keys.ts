import type { Store } from './store.ts';

/**
 * Presses keys that came together, one after the other. What was typed before a question could be seen is no answer to it: text that a
 * terminal pastes as if it were typed gives no order that asks first.
 */
export function typeKeys(store: Store, names: readonly string[]): void {
  const isAsked = (): boolean => store.get().prompt?.for === 'yes';
  for (const key of names) {
    const before = isAsked();
    store.dispatch({ type: 'KEY', key });
    if (isAsked() && !before) return;
  }
}

import { about, type Rule } from './rule.ts';

/** A Python module that the build imports without having asked for it (PEP 518). */
export const missingModule: readonly Rule[] = [
  {
    ...about(
      'missing-module',
      /(?:ModuleNotFoundError|ImportError): No module named '?([\w.]+)/,
      (module) => `The build imports ${module}, and does not say that it needs it.`,
    ),
    pick: 'last',
  },
];

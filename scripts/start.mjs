import { prepare } from './prepare.mjs';

prepare();
process.env.NODE_ENV ??= 'production';
await import('../packages/tools/bin/piw-farm.js');

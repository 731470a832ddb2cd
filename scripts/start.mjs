import { prepare } from './prepare.mjs';

await prepare();
process.env.NODE_ENV ??= 'production';
await import('../packages/tools/bin/piw-farm.js');

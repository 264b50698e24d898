/** Starts Baton, from what it was compiled to the last time: while it starts nobody is reminded, so it has to be quick. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

// Beside the packages, which whoever runs Baton has to trust anyway. Where nothing can be written there, it compiles anew.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/baton'));

// Only now, because what is imported above is compiled before the cache is there.
const { run } = await import('./run.ts');
await run();

// At once, because a Baton that is killed cannot do it at its end. Costs next to nothing when all was there already.
flushCompileCache();

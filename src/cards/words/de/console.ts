// Words of the console's own pages, in German.
import type { consoleWords as en } from '../en/console.ts';

export const consoleWords: Record<keyof typeof en, string> = {};

/** The console's own name. */

/** What orders come through and cursors are kept under. */
export const CONSOLE = 'console';

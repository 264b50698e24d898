// Words of the console's own pages.
export const consoleWords = {};

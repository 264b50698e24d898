/** What the console takes and keeps at most: each number with its reason. */

/** Bytes of a press or a line as JSON: the longest text in every field of the longest form, in four-byte letters. */
export const LARGEST_BODY = 256 * 1024;

/** Letters of a name: what the board shows in one line. */
export const LONGEST_NAME = 80;

/** Letters of a typed line: far more than the longest text, so that whoever pastes too much is told by how much. */
export const LONGEST_LINE = 60_000;

/** Timeline entries sent when a page opens an incident; earlier ones are fetched when asked for. */
export const FIRST_ENTRIES = 200;

/** Timeline entries in one message of the stream: keeps a message well under a megabyte. */
export const ENTRIES_AT_ONCE = 100;

/** Mentions remembered for pages whose connection was lost when they came. */
export const PINGS_KEPT = 500;

/** How long a mention is worth showing to a page that comes back, in milliseconds. */
export const PING_FRESH = 10 * 60_000;

/** A page that takes nothing off its connection for this long is let go, and comes back by itself. Milliseconds. */
export const SLOWEST_READER = 60_000;

/** Bytes that may wait on one connection before it is let go. */
export const MOST_UNSENT = 8 * 1024 * 1024;

/** Time between signs of life on a quiet stream; pages give a connection up after missing two. Milliseconds. */
export const HEARTBEAT = 15_000;

/** Streams open at once: more are refused, so that a runaway page cannot eat the house's memory. */
export const MOST_TABS = 500;

/** How long answers to orders that open an incident are remembered, so that a repeat opens no second one. Milliseconds. */
export const OPENINGS_KEPT = 10 * 60_000;

/** Closed incidents that the board shows at most. */
export const MOST_CLOSED = 12;

/** What Discord takes at most, and how patient Baton is with it: each number with its source or reason. */
import type { Duration } from '../../core/units.ts';

// ── Messages and components ────────────────────────────────────────────────────────────────────────

/** Characters of a message's content. */
export const LONGEST_CONTENT = 2_000;
/** Components of one message, nested ones included, and the characters of all their texts together. */
export const MOST_COMPONENTS = 40;
export const LONGEST_TEXTS = 4_000;
/** Buttons of one row, and rows of buttons that a card spends on one group before the rest goes into a select. */
export const ROW_BUTTONS = 5;
export const GROUP_ROWS = 2;
export const LONGEST_LABEL = 80;
export const LONGEST_CUSTOM_ID = 100;
export const LONGEST_LINK = 512;
/** Options of a select, and what each may carry. */
export const MOST_OPTIONS = 25;
export const LONGEST_OPTION = 100;
/** Characters of a nonce. */
export const LONGEST_NONCE = 25;

// ── Modals ─────────────────────────────────────────────────────────────────────────────────────────

export const MODAL_INPUTS = 5;
export const MODAL_TITLE = 45;
export const MODAL_LABEL = 45;
export const MODAL_DESCRIPTION = 100;
/** Characters of one text input. */
export const MODAL_TEXT = 4_000;

// ── Application commands ───────────────────────────────────────────────────────────────────────────

/** Subcommands and groups of a command, subcommands of a group, options of a subcommand, choices of an option. */
export const MOST_PER_LEVEL = 25;
export const COMMAND_NAME = 32;
export const COMMAND_DESCRIPTION = 100;
/** Characters of all names, descriptions and values of one command together, each in its longest language. */
export const COMMAND_SIZE = 8_000;
/** A description cut shorter than this says nothing any more. */
export const SHORTEST_DESCRIPTION = 40;
/** Characters of a text option, and of a choice that is completed. */
export const OPTION_TEXT = 6_000;

// ── Guilds ─────────────────────────────────────────────────────────────────────────────────────────

export const MOST_PER_CATEGORY = 50;
export const CHANNEL_NAME = 100;
export const CHANNEL_TOPIC = 1_024;
/** How long a closed incident keeps its place where nothing else is configured: a recurrence is reopened within a day. */
export const ARCHIVE_AFTER: Duration = 24 * 3_600_000;

// ── Time ───────────────────────────────────────────────────────────────────────────────────────────

/** Discord gives an interaction up after 3 s; what is not answered by then is deferred well before. */
export const DEFER_AFTER: Duration = 1_200;
/** How long an interaction can be answered. */
export const TOKEN_LIVES: Duration = 15 * 60_000;
/** How long the answer to a declaration waits for its room, to name it. */
export const ROOM_AWAITED: Duration = 20_000;

/** Attempts at one request that does no harm when it is carried out twice, the delay before the second, and the longest. */
export const MOST_ATTEMPTS = 6;
export const FIRST_RETRY: Duration = 400;
export const LONGEST_RETRY: Duration = 20_000;
/** A request that is silent for this long is given up on. */
export const SLOWEST_ANSWER: Duration = 15_000;
/** Attempts at a first answer: there are only 3 s. */
export const FIRST_ANSWER_ATTEMPTS = 3;
export const FIRST_ANSWER_RETRY: Duration = 150;

/** Gap between two messages of a room's log: five messages in five seconds is what a channel takes, and pings go first. */
export const LOG_GAP: Duration = 2_000;
/** Gap between two edits of one card. */
export const CARD_GAP: Duration = 1_000;
/** Edits of messages older than an hour have a limit of their own (30046): the gap from then on. */
export const OLD_MESSAGE: Duration = 55 * 60_000;
export const OLD_CARD_GAP: Duration = 15_000;

// ── Gateway ────────────────────────────────────────────────────────────────────────────────────────

/** Connections within this span make the next one wait, the more the longer. */
export const CONNECTS_COUNTED: Duration = 5 * 60_000;
/** Connections within the span that wait for nothing. */
export const FREE_CONNECTS = 3;
/** A gateway that has not let in by then is given up on; also how long the end waits for a connection just being made. */
export const LONGEST_HANDSHAKE: Duration = 10_000;
/** How long the gateway is given to take leave. */
export const LONGEST_GOODBYE: Duration = 1_000;
export const FIRST_RECONNECT: Duration = 1_000;
export const LONGEST_RECONNECT: Duration = 60_000;
/** A thousand identifies a day reset the token: far below that Baton slows down until it cannot get there. */
export const IDENTIFY_SPAN: Duration = 24 * 3_600_000;
export const FREE_IDENTIFIES = 400;
export const SLOW_IDENTIFY: Duration = 5 * 60_000;

// ── Memory ─────────────────────────────────────────────────────────────────────────────────────────

/** Interactions that are remembered as taken: the gateway repeats events after a resume. */
export const TAKEN_KEPT = 5_000;
/** Origins of declarations, texts of messages in the hands of a modal, long presses: kept in memory at most. */
export const KEPT_AT_HAND = 1_000;

// ── Evidence ───────────────────────────────────────────────────────────────────────────────────────

/** Files of one message; Discord takes no more itself. */
export const MAX_FILES_AT_ONCE = 10;
export const SLOWEST_FILE: Duration = 60_000;

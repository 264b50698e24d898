/** What Teams takes and keeps at most, and how patient Baton is with it: each number with its source or reason. */
import type { Duration } from '../../core/units.ts';

/** Bytes of one message as JSON, cards included; above it the connector answers 413. */
export const LARGEST_MESSAGE = 28 * 1024;

/** What a card may take of a message: the rest is its envelope, mentions and the fallback text. */
export const LARGEST_ATTACHMENT = LARGEST_MESSAGE - 2 * 1024;

/** Buttons of one row that Teams shows in the open; the rest goes behind the overflow. */
export const MOST_ACTIONS = 6;

/** People for whom a card is drawn anew when they look at it. */
export const MOST_REFRESHED = 60;

/** Messages and edits of one bot in one conversation, over every one of these spans at once. */
export const RATES: readonly { readonly count: number; readonly span: Duration }[] = [
  { count: 7, span: 1_000 },
  { count: 8, span: 2_000 },
  { count: 60, span: 30_000 },
  { count: 1_800, span: 3_600_000 },
];

/** Kept clear of each span: a message counts when it arrives, not when it leaves. */
export const RATE_MARGIN: Duration = 100;

/** A connector that is silent for this long is given up on, and asked again. */
export const SLOWEST_ANSWER: Duration = 15_000;

/** How long after Baton gave up on an edit it may still be carried out, and overwrite what was written since. */
export const OVERDUE: Duration = 20_000;

/** A file that takes longer than this is not copied; and files of one message that are kept. */
export const SLOWEST_FILE: Duration = 60_000;
export const MOST_FILES = 10;

/** Delay before the second attempt; doubles up to the longest, each with jitter. */
export const FIRST_RETRY: Duration = 500;
export const LONGEST_RETRY: Duration = 30_000;

/** Attempts at one delivery before whoever asked for it is told, who asks again later. */
export const MOST_ATTEMPTS = 6;

/** Bytes of an activity as it comes in: a form with the longest text in every field. */
export const LARGEST_ACTIVITY = 512 * 1024;

/** Letters of a typed line: the longest text, its command and its other fields. */
export const LONGEST_LINE = 5_000;

/** Lines of the room's log that one message gathers, and how long it gathers them: edits disturb nobody. */
export const LOG_LINES = 12;
export const LOG_GATHERS: Duration = 90_000;
/** Letters of one log message: far below the limit of a message whatever the letters. */
export const LOG_LETTERS = 4_000;

/** Inputs from which on a form opens as a dialog instead of in the place of a card that is not edited by itself. */
export const DIALOG_FROM = 3;

/** Activities that are remembered as answered already: Teams repeats what it thinks was lost. */
export const ANSWERED_KEPT = 5_000;

/** How long a token of Teams that was checked needs no checking, and how many such are remembered. */
export const TOKEN_BELIEVED: Duration = 5 * 60_000;
export const KNOWN_TOKENS_KEPT = 100;

/** People of a roster who are introduced, so that they can be picked: a bigger team is no on-call team. */
export const ROSTER_INTRODUCED = 100;
/** Members of one page of a roster. */
export const ROSTER_PAGE = 200;

/** Pieces of somebody's own work on their view of the card. */
export const MOST_OWN_WORK = 2;

/** Message cards of one incident that are kept up to date beside its room, newest first. */
export const MOST_SHEETS = 25;

/** Letters of a command's title and description in the bot's menu, and commands of one menu. */
export const MENU_TITLE = 32;
export const MENU_DESCRIPTION = 128;
export const MENU_COMMANDS = 10;

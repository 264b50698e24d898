/** What a failed request means for whoever made it: try again, go another way, or never mind. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Duration } from '../../core/units.ts';

/**
 * `again`: it may work later. `gone`: what it was about is not there any more. `forbidden`: a permission is missing.
 * `full`: Discord's limit of channels is reached. `expired`: the interaction can no longer be answered.
 * `answered`: the interaction was answered already. `refused`: Discord does not want it, now or ever.
 */
export type Trouble = 'again' | 'gone' | 'forbidden' | 'full' | 'expired' | 'answered' | 'refused';

/** Discord's own codes, by what they mean here. */
const BY_CODE: Readonly<Record<number, Trouble>> = {
  /** Unknown guild, channel, message. */
  10004: 'gone',
  10003: 'gone',
  10008: 'gone',
  /** Unknown interaction, unknown webhook, invalid webhook token. */
  10062: 'expired',
  10015: 'expired',
  50027: 'expired',
  40060: 'answered',
  /** Maximum of channels in the guild, in the category. */
  30013: 'full',
  50035: 'refused',
  /** Too many edits of a message older than an hour. */
  30046: 'again',
  /** A resource is being rate limited; the API is overloaded. */
  20028: 'again',
  130000: 'again',
};

/** For the operator. */
export const TOKEN_REFUSED =
  'Discord refused DISCORD_TOKEN. Copy the token anew from the Bot page of the developer portal.';

/** Another instance speaks to Discord now: what was to be said here was not sent. */
export class Silenced extends Error {
  constructor() {
    super('this instance does not speak to Discord any more');
  }
}

export function troubleIn(error: unknown): Trouble {
  if (error instanceof RateLimitError || error instanceof HTTPError || error instanceof Silenced) return 'again';
  if (error instanceof DiscordAPIError) {
    const known = BY_CODE[Number(error.code)];
    if (known) return isFullCategory(error) ? 'full' : known;
    if (error.status === 403 || error.status === 401) return 'forbidden';
    if (error.status === 404) return 'gone';
    return error.status === 429 ? 'again' : 'refused';
  }
  // A connection that broke, a name that did not resolve, a server that was silent.
  return error instanceof Error &&
    /fetch failed|aborted|socket|ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|UND_ERR/i.test(said(error))
    ? 'again'
    : 'refused';
}

function said(error: Error): string {
  const { code } = error as { code?: string };
  const cause = error.cause instanceof Error ? said(error.cause) : '';
  return `${error.name} ${code ?? ''} ${error.message} ${cause}`;
}

/** "Maximum number of channels in category reached" comes as a form error. */
function isFullCategory(error: DiscordAPIError): boolean {
  return Number(error.code) === 50035 && JSON.stringify(error.rawError).includes('CHANNEL_PARENT_MAX_CHANNELS');
}

/** How long Discord wants to be left alone, where it says so. */
export function retryAfter(error: unknown): Duration | undefined {
  return error instanceof RateLimitError
    ? Math.max(error.retryAfter, error.timeToReset, error.sublimitTimeout)
    : undefined;
}

/** Discord's code, for people who look it up. */
export function codeOf(error: unknown): string {
  if (error instanceof DiscordAPIError) return String(error.code);
  return error instanceof HTTPError ? String(error.status) : '';
}

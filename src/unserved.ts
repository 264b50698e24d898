/** What the configuration leaves to people, because nothing is set up that would do it for them. */
import type { Config } from './config.ts';
import { isByHand } from './core/settings.ts';

/** There are people to page, and no way to. */
export function pagesAreOnlyShown({ pagers, chats, settings }: Pick<Config, 'pagers' | 'chats' | 'settings'>): boolean {
  const ways = Object.keys(pagers).length + chats.length;
  return ways === 0 && Object.values(settings.seats).some(({ chain }) => chain.length > 0);
}

/** The places where people post by hand. */
export function placesByHand({ settings }: Pick<Config, 'settings'>): readonly string[] {
  return Object.keys(settings.places).filter((place) => isByHand(settings, place));
}

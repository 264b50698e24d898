/** Writes plain text into Discord's Markdown so that it reads as it is: no markup, no mention, nobody pinged. */

/** Marks that mean something anywhere; what stands in an address means nothing there, and escaped it would lead elsewhere. */
const ANYWHERE = /https?:\/\/[^\s<]+|[\\*_~`|<[\]]/g;
/** What ends an address is escaped at a distance: Discord would take the escape for a part of it. */
const AFTER_ADDRESS = /(https?:\/\/[^\s<]+)</g;
/** Marks that mean something where a line begins. */
const AT_START = /^(\s*)(#{1,3}\s|-#\s|>|-\s|\d+[.)]\s)/gm;

export function plain(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(AFTER_ADDRESS, '$1 <')
      .replace(ANYWHERE, (found) => (found.length > 1 ? found : `\\${found}`))
      .replace(AT_START, (_all, space: string, mark: string) => `${space}${escapedStart(mark)}`)
      // Shown as typed even where a client would make a mention of it.
      .replace(/@(everyone|here)\b/g, '@\u200b$1')
  );
}

function escapedStart(mark: string): string {
  return /^\d/.test(mark) ? mark.replace(/([.)])/, '\\$1') : `\\${mark}`;
}

export function bold(text: string): string {
  const line = plain(text).replace(/\n+/g, ' ').trim();
  return line === '' ? '' : `**${line}**`;
}

export function mention(user: string): string {
  return `<@${user}>`;
}

export function channelMention(channel: string): string {
  return `<#${channel}>`;
}

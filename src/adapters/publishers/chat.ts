/**
 * Publishes to channels through incoming webhooks that take Slack's `text`: Slack itself, Mattermost, Rocket.Chat, and
 * Discord where `/slack` ends the address. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
import { attempt, tries, type Wire } from '../../posting/send.ts';
import type { Publisher } from './publisher.ts';

/** @param channels the webhook's address by place; whoever has it may post there, so it is a secret */
export function chatPublisher(channels: Readonly<Record<string, string>>, wire?: Wire): Publisher {
  const byPlace = new Map(Object.entries(channels));
  return {
    name: 'chat',
    serves: (place) => byPlace.has(place),
    // These webhooks post whatever comes, as often as it comes.
    knowsAgain: false,
    publish({ effect }) {
      const url = byPlace.get(effect.place) ?? '';
      const content = { text: plain(effect.text, url) };
      return tries(
        () => attempt({ url, content }, wire),
        wire,
        ({ unclear }) => !unclear,
      );
    },
  };
}

/** Words ring for nobody, whatever their writer put in; and nothing in them becomes a command of Slack's. */
function plain(text: string, url: string): string {
  const quiet = text.replace(/@(?=(channel|here|all|everyone)\b)/gi, '@\u200b');
  // Discord shows the escapes as they are.
  if (new URL(url).pathname.endsWith('/slack')) return quiet;
  return quiet.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

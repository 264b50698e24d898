/** Baton is added or removed, people come and go: a welcome that says what to do first, and who can be reached. */
import type { Card } from '../../cards/card.ts';
import { readerOf } from '../../cards/words/reader.ts';
import { type Words, wordsFor } from '../../cards/words/words.ts';
import { houseWords } from '../../desk/reading.ts';
import { type Activity, type Place, placeOf } from './activity.ts';
import { type Desk, dressedFor } from './desk.ts';
import { channelOf } from './ids.ts';
import type { Part } from './inbound.ts';
import { ROSTER_INTRODUCED } from './limits.ts';
import type { Painter } from './painter.ts';
import { cardMessage } from './render.ts';
import type { Rooms } from './rooms.ts';

/** Teams tells of one installation twice, in two activities. Milliseconds. */
const WELCOME_ONCE = 60_000;

export function createRoster(desk: Desk, rooms: Rooms, painter: Painter): Part {
  const welcomed = new Map<string, number>();
  return async (activity) => {
    const place = placeOf(activity);
    if (isAdded(activity)) {
      await rooms.added(place);
      for (const id of await rooms.regained(place.conversation)) {
        const incident = await desk.intake.incident(id);
        if (incident) painter.draw(incident, true);
      }
      const now = desk.time.now();
      const key = channelOf(place.conversation);
      if (now - (welcomed.get(key) ?? Number.NEGATIVE_INFINITY) < WELCOME_ONCE) return undefined;
      welcomed.set(key, now);
      later(desk, () => welcome(desk, activity, place));
      later(desk, () => meetEverybody(desk, place));
      return undefined;
    }
    const people = (activity.membersAdded ?? []).filter(({ id }) => id !== activity.recipient?.id);
    if (people.length > 0 && place.kind !== 'personal') later(desk, () => meetEverybody(desk, place));
    return undefined;
  };
}

function isAdded({ type, action, membersAdded, recipient, channelData }: Activity): boolean {
  if (type === 'installationUpdate') return action === 'add' || action === 'add-upgrade';
  return (
    channelData?.eventType === 'channelRestored' ||
    channelData?.eventType === 'teamUnarchived' ||
    (membersAdded ?? []).some(({ id }) => id === recipient?.id)
  );
}

async function welcome(desk: Desk, activity: Activity, place: Place): Promise<void> {
  const world = await desk.intake.world();
  const house = houseWords(desk, world).reader;
  // Who it is nobody has said yet, but the client tells its language.
  const locale = place.kind === 'personal' ? activity.locale : undefined;
  const words = wordsFor(readerOf(locale ? { language: locale } : undefined, house), world.people);
  const json = dressedFor(desk, welcomeCard(words, place.kind), undefined);
  const where = { ...place, conversation: channelOf(place.conversation) };
  await desk.lanes.write(where.conversation, () => desk.connector.post(where, cardMessage(json)));
}

export function welcomeCard(words: Words, kind: Place['kind']): Card {
  return {
    key: 'welcome',
    title: words.t('teams.welcome'),
    blocks: [
      { type: 'line', text: words.t('teams.welcome.first'), why: words.t('teams.welcome.then') },
      {
        type: 'buttons',
        buttons: [
          { label: words.t('button.declare'), command: 'declare', fields: {}, form: true, primary: true },
          { label: words.t('button.board'), command: 'board', fields: {}, form: false },
          { label: words.t('button.help'), command: 'help', fields: {}, form: false },
        ],
      },
      {
        type: 'text',
        tone: 'quiet',
        text: words.t(kind === 'personal' ? 'teams.welcome.personal' : 'teams.welcome.mention'),
      },
    ],
  };
}

/** A roster of the size of an on-call team is introduced, so that everybody can be picked; of others only who is known. */
async function meetEverybody(desk: Desk, place: Place): Promise<void> {
  if (place.kind === 'personal') return;
  const members = await desk.connector.members({ ...place, conversation: channelOf(place.conversation) });
  for (const member of members) {
    if (member.name) await desk.crew.meet(member, place, members.length <= ROSTER_INTRODUCED);
  }
}

function later({ log }: Desk, work: () => Promise<void>): void {
  work().catch((error) => log.warn({ error }, 'a welcome or a roster in Teams was not to be had'));
}

/** Who is who: accounts of Discord as people of the house, and the way back to mention them. */
import { z } from 'zod';
import type { Intake, Memory } from '../../core/ports.ts';
import { type Heard, ownerOf, type People, type Person, type PersonId } from '../../core/units.ts';
import { createInTurn } from '../../desk/in-turn.ts';
import { keepRemembered, whose } from '../../desk/meeting.ts';
import type { Member, User } from './api.ts';
import { DISCORD } from './ids.ts';

const Contact = z.object({
  /** Snowflake of the account. */
  id: z.string(),
  person: z.string(),
  /** Language of their client. */
  locale: z.string().optional(),
  /** Somebody else has their name, and they have not been told yet who they are here. */
  untold: z.boolean().optional(),
});
type Contact = z.infer<typeof Contact>;

export interface Crew {
  /** The person of an account; somebody new is introduced by name. */
  personOf(user: User, member: Member | undefined, locale?: string): Promise<PersonId>;
  /** The account of a person, where one is known. */
  userOf(person: Person | undefined, id: PersonId): string | undefined;
  /** The person whom an account belongs to already. */
  known(user: string, people: People): PersonId | undefined;
  localeOf(person: PersonId): string | undefined;
  /** Whether an account has still to be told that somebody else has its name. */
  untold(user: string): boolean;
  told(user: string): Promise<void>;
  load(): Promise<void>;
}

const KEY = 'contact:';

export function createCrew(memory: Memory, intake: Intake): Crew {
  const byUser = new Map<string, Contact>();
  const byPerson = new Map<PersonId, Contact>();
  /** Two first words of one account at once must not introduce it twice. */
  const inTurn = createInTurn();

  function know(contact: Contact): void {
    byUser.set(contact.id, contact);
    byPerson.set(contact.person, contact);
  }

  async function keep(contact: Contact): Promise<void> {
    const before = byUser.get(contact.id);
    know(contact);
    if (JSON.stringify(before) === JSON.stringify(contact)) return;
    await memory.remember(DISCORD, KEY + contact.id, JSON.stringify(contact));
  }

  /** @param only the key of one, where that is all that can be meant: a large house remembers thousands */
  async function recall(only?: string): Promise<void> {
    for (const [key, value] of Object.entries(await memory.recall(DISCORD, only))) {
      const contact = key.startsWith(KEY) ? Contact.safeParse(JSON.parse(value)).data : undefined;
      if (contact) know(contact);
    }
  }

  async function personOf(user: User, member: Member | undefined, locale: string | undefined): Promise<PersonId> {
    // Whoever spoke to Discord before this instance may have met them.
    if (!byUser.has(user.id)) await recall(KEY + user.id);
    const before = byUser.get(user.id);
    const name = (member?.nick || user.global_name || user.username).trim() || user.username;
    const { person, namesake } = await whose(intake, name, heard(user.id, before?.person));
    const language = locale ?? before?.locale;
    const untold = namesake || (before?.person === person.id && before.untold);
    await keep({
      id: user.id,
      person: person.id,
      ...(language === undefined ? {} : { locale: language }),
      ...(untold ? { untold } : {}),
    });
    return person.id;
  }

  return {
    personOf: (user, member, locale) => inTurn(user.id, () => personOf(user, member, locale)),
    userOf: (person, id) => person?.ids?.[DISCORD] ?? byPerson.get(id)?.id,
    known: (user, people) => ownerOf(people, heard(user, byUser.get(user)?.person))?.id,
    localeOf: (person) => byPerson.get(person)?.locale,
    untold: (user) => byUser.get(user)?.untold === true,
    async told(user) {
      const contact = byUser.get(user);
      if (contact?.untold) await keep({ ...contact, untold: undefined });
    },
    async load() {
      await recall();
      await keepRemembered(
        intake,
        [...byUser.values()].map(({ id, person }) => heard(id, person)),
      );
    },
  };
}

/** Anybody may call themselves anything in a guild: a name alone says nothing. */
function heard(user: string, remembered: PersonId | undefined): Heard {
  return { surface: DISCORD, ids: [user], remembered, vouched: false };
}

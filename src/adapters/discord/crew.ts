/** Who is who: accounts of Discord as people of the house, and the way back to mention them. */
import { z } from 'zod';
import type { Intake, Memory } from '../../core/ports.ts';
import { type People, type Person, type PersonId, personNow } from '../../core/units.ts';
import { createMeeting } from '../../desk/meeting.ts';
import type { Member, User } from './api.ts';
import { DISCORD } from './ids.ts';

const Contact = z.object({
  /** Snowflake of the account. */
  id: z.string(),
  person: z.string(),
  /** Language of their client. */
  locale: z.string().optional(),
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
  load(): Promise<void>;
}

const KEY = 'contact:';

export function createCrew(memory: Memory, intake: Intake): Crew {
  const byUser = new Map<string, Contact>();
  const byPerson = new Map<PersonId, Contact>();
  const meeting = createMeeting();

  function know(contact: Contact): void {
    byUser.set(contact.id, contact);
    byPerson.set(contact.person, contact);
  }

  /**
   * Anybody may call themselves anything in a guild: a name alone makes no account the person of another one, of whatever
   * platform. Their owner ties the two by a code.
   */
  async function introduce(user: User, name: string, people: readonly Person[]): Promise<PersonId> {
    for (let n = 1; ; n += 1) {
      const called = n === 1 ? name : `${name} (${n})`;
      const same = people.find((one) => one.name.toLowerCase() === called.toLowerCase());
      const other = same && byPerson.get(same.id);
      const taken = same && (Object.keys(same.ids ?? {}).length > 0 || (other !== undefined && other.id !== user.id));
      if (!taken) return (await intake.introduce(called)).id;
    }
  }

  async function personOf(user: User, member: Member | undefined, locale: string | undefined): Promise<PersonId> {
    const world = await intake.world();
    const people = Object.values(world.people);
    const configured = people.find(({ ids }) => ids?.[DISCORD] === user.id)?.id;
    const before = byUser.get(user.id);
    const met = before && personNow(world.people, before.person);
    const known = configured ?? (met !== undefined && Object.hasOwn(world.people, met) ? met : undefined);
    const name = (member?.nick || user.global_name || user.username).trim() || user.username;
    const person = known ?? (await introduce(user, name, people));
    const language = locale ?? before?.locale;
    const contact = { id: user.id, person, ...(language === undefined ? {} : { locale: language }) };
    if (JSON.stringify(before) !== JSON.stringify(contact)) {
      know(contact);
      await memory.remember(DISCORD, KEY + user.id, JSON.stringify(contact));
    }
    return person;
  }

  return {
    personOf: (user, member, locale) => meeting(user.id, () => personOf(user, member, locale)),
    userOf: (person, id) => person?.ids?.[DISCORD] ?? byPerson.get(id)?.id,
    known(user, people) {
      const met = byUser.get(user)?.person;
      const configured = Object.values(people).find(({ ids }) => ids?.[DISCORD] === user)?.id;
      return configured ?? (met === undefined ? undefined : personNow(people, met));
    },
    localeOf: (person) => byPerson.get(person)?.locale,
    async load() {
      for (const [key, value] of Object.entries(await memory.recall(DISCORD))) {
        const contact = key.startsWith(KEY) ? Contact.safeParse(JSON.parse(value)).data : undefined;
        if (contact) know(contact);
      }
    },
  };
}

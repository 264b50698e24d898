/** Who is who: accounts of Teams as people of the house, and the way back to reach them. */
import { z } from 'zod';
import type { Intake, Memory } from '../../core/ports.ts';
import type { Person, PersonId } from '../../core/units.ts';
import { createMeeting } from '../../desk/meeting.ts';
import type { ActivityAccount, Place } from './activity.ts';
import { TEAMS } from './ids.ts';

/** A conversation reference: how somebody is reached, and whom they are in the house. */
const Contact = z.object({
  /** `29:…`, the account as this bot knows it. */
  id: z.string(),
  aad: z.string().optional(),
  name: z.string(),
  person: z.string(),
  service: z.string(),
  tenant: z.string().optional(),
  /** The personal chat, once there was one. */
  chat: z.string().optional(),
  /** Language of their client. */
  locale: z.string().optional(),
});
export type Contact = z.infer<typeof Contact>;

export interface Crew {
  /** The person of an account; somebody new is introduced by name. */
  personOf(account: ActivityAccount, place: Place, locale?: string): Promise<PersonId>;
  /** How somebody is reached, of those whom this instance has met; undefined for who never was in Teams. */
  contact(person: PersonId): Contact | undefined;
  /** The same, and also whom another instance has met, or who turned out to be this person. */
  find(person: PersonId): Promise<Contact | undefined>;
  /** People for accounts that some configuration or earlier meeting ties to them; the rest of a roster stays strangers. */
  meet(account: ActivityAccount, place: Place, introduce: boolean): Promise<void>;
  /** Language of somebody's client. */
  localeOf(person: PersonId): string | undefined;
  /** Remembers the personal chat with somebody. */
  chat(person: PersonId, conversation: string): Promise<void>;
  load(): Promise<void>;
}

const KEY = 'contact:';

export function createCrew(memory: Memory, intake: Intake): Crew {
  const byAccount = new Map<string, Contact>();
  const byPerson = new Map<PersonId, Contact>();
  const meeting = createMeeting();

  function know(contact: Contact): void {
    byAccount.set(contact.id, contact);
    if (contact.aad !== undefined) byAccount.set(contact.aad.toLowerCase(), contact);
    byPerson.set(contact.person, contact);
  }

  async function keep(contact: Contact): Promise<void> {
    const before = byAccount.get(contact.id);
    if (before && JSON.stringify(before) === JSON.stringify(contact)) return;
    know(contact);
    await memory.remember(TEAMS, KEY + contact.id, JSON.stringify(contact));
  }

  async function tied(account: ActivityAccount, people: readonly Person[]): Promise<PersonId | undefined> {
    const ids = idsOf(account);
    const configured = people.find(({ ids: own }) => own?.[TEAMS] && ids.includes(own[TEAMS].toLowerCase()));
    if (configured) return configured.id;
    const known = byAccount.get(account.id) ?? byAccount.get(ids[1] ?? '');
    return people.find(({ id, also }) => known && (id === known.person || also?.includes(known.person)))?.id;
  }

  /** A name alone must not make one account another's person: who is tied to an account already keeps it. */
  async function introduce(account: ActivityAccount, people: readonly Person[]): Promise<PersonId> {
    const name = account.name?.trim() || account.email || 'Somebody';
    for (let n = 1; ; n += 1) {
      const called = n === 1 ? name : `${name} (${n})`;
      const same = people.find((one) => one.name.toLowerCase() === called.toLowerCase());
      const taken = same && (same.ids?.[TEAMS] !== undefined || isOther(byPerson.get(same.id), account));
      if (!taken) return (await intake.introduce(called)).id;
    }
  }

  async function personOf(account: ActivityAccount, place: Place, locale?: string): Promise<PersonId> {
    const people = Object.values((await intake.world()).people);
    const person = (await tied(account, people)) ?? (await introduce(account, people));
    const before = byAccount.get(account.id);
    const aad = account.aadObjectId ?? account.objectId ?? before?.aad;
    const tenant = place.tenant ?? before?.tenant;
    const chat = place.kind === 'personal' ? place.conversation : before?.chat;
    const language = locale ?? before?.locale;
    await keep({
      id: account.id,
      ...(aad ? { aad } : {}),
      name: account.name?.trim() || before?.name || person,
      person,
      service: place.service,
      ...(tenant === undefined ? {} : { tenant }),
      ...(chat === undefined ? {} : { chat }),
      ...(language === undefined ? {} : { locale: language }),
    });
    return person;
  }

  async function load(): Promise<void> {
    for (const [key, value] of Object.entries(await memory.recall(TEAMS))) {
      const contact = key.startsWith(KEY) ? Contact.safeParse(JSON.parse(value)).data : undefined;
      if (contact) know(contact);
    }
  }

  return {
    personOf: (account, place, locale) => meeting(account.id, () => personOf(account, place, locale)),
    contact: (person) => byPerson.get(person),
    async find(person) {
      const { people } = await intake.world();
      const account = people[person]?.ids?.[TEAMS] ?? '';
      const known = () => byPerson.get(person) ?? byAccount.get(account) ?? byAccount.get(account.toLowerCase());
      if (known()) return known();
      await load();
      return known();
    },
    localeOf: (person) => byPerson.get(person)?.locale,
    async meet(account, place, introduceToo) {
      const people = Object.values((await intake.world()).people);
      if (introduceToo || (await tied(account, people)) !== undefined) {
        // A roster tells of people, not of a personal chat.
        await this.personOf(account, { ...place, kind: 'channel' });
      }
    },
    async chat(person, conversation) {
      const contact = await this.find(person);
      if (contact) await keep({ ...contact, chat: conversation });
    },
    load,
  };
}

/** The account as `ids` of a person name it. */
export function accountIn(contact: Contact | undefined): string | undefined {
  return contact && (contact.aad ?? contact.id);
}

function idsOf({ id, aadObjectId, objectId }: ActivityAccount): readonly string[] {
  const aad = aadObjectId ?? objectId;
  return [id.toLowerCase(), ...(aad ? [aad.toLowerCase()] : [])];
}

function isOther(contact: Contact | undefined, account: ActivityAccount): boolean {
  if (!contact) return false;
  const ids = idsOf(account);
  return !ids.includes(contact.id.toLowerCase()) && !(contact.aad && ids.includes(contact.aad.toLowerCase()));
}

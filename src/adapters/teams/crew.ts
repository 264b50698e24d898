/** Who is who: accounts of Teams as people of the house, and the way back to reach them. */
import { z } from 'zod';
import type { Intake, Memory } from '../../core/ports.ts';
import { type Heard, ownerOf, type PersonId, personNow } from '../../core/units.ts';
import { createInTurn } from '../../desk/in-turn.ts';
import { keepRemembered, whose } from '../../desk/meeting.ts';
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
  /** Somebody else has their name, and they have not been told yet who they are here. */
  untold: z.boolean().optional(),
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
  /** Whether an account was heard of before, here or by another instance. */
  knows(account: ActivityAccount): Promise<boolean>;
  /** Whether somebody has still to be told that somebody else has their name. */
  untold(person: PersonId): boolean;
  told(person: PersonId): Promise<void>;
  /** Remembers the personal chat with somebody. */
  chat(person: PersonId, conversation: string): Promise<void>;
  load(): Promise<void>;
}

const KEY = 'contact:';
/** Contacts are kept under ids that begin so; any other id of somebody has to be looked for in all of them. */
const AS_THE_BOT_KNOWS_THEM = '29:';

export function createCrew(memory: Memory, intake: Intake): Crew {
  const byAccount = new Map<string, Contact>();
  const byPerson = new Map<PersonId, Contact>();
  /** Two first words of one account at once must not introduce it twice. */
  const inTurn = createInTurn();

  function know(contact: Contact): void {
    byAccount.set(contact.id, contact);
    if (contact.aad !== undefined) byAccount.set(contact.aad.toLowerCase(), contact);
    byPerson.set(contact.person, contact);
  }

  async function keep(contact: Contact): Promise<void> {
    const before = byAccount.get(contact.id);
    // Also what is no news: of two accounts that are remembered as one person, this one speaks for them.
    know(contact);
    if (before && JSON.stringify(before) === JSON.stringify(contact)) return;
    await memory.remember(TEAMS, KEY + contact.id, JSON.stringify(contact));
  }

  const met = (account: ActivityAccount) =>
    byAccount.get(account.id) ?? byAccount.get(aadOf(account)?.toLowerCase() ?? '');

  /** Those whom another instance has met are looked for, too. */
  async function knows(account: ActivityAccount): Promise<boolean> {
    if (!met(account)) await recall(account.id.startsWith(AS_THE_BOT_KNOWS_THEM) ? KEY + account.id : undefined);
    return met(account) !== undefined;
  }

  async function personOf(account: ActivityAccount, place: Place, locale?: string): Promise<PersonId> {
    const before = (await knows(account)) ? met(account) : undefined;
    const aad = aadOf(account) ?? before?.aad;
    const name = account.name?.trim() || account.email || 'Somebody';
    const { person: found, namesake } = await whose(intake, name, heard(account, before));
    const person = found.id;
    const untold = namesake || (before?.person === person && before.untold);
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
      ...(untold ? { untold } : {}),
    });
    return person;
  }

  /** @param only the key of one, where that is all that can be meant: a large house remembers thousands */
  async function recall(only?: string): Promise<void> {
    for (const [key, value] of Object.entries(await memory.recall(TEAMS, only))) {
      const contact = key.startsWith(KEY) ? Contact.safeParse(JSON.parse(value)).data : undefined;
      if (contact) know(contact);
    }
  }

  return {
    personOf: (account, place, locale) => inTurn(account.id, () => personOf(account, place, locale)),
    contact: (person) => byPerson.get(person),
    async find(person) {
      const { people } = await intake.world();
      const account = people[personNow(people, person)]?.ids?.[TEAMS];
      // Whoever is remembered as somebody who has another account is not them any more.
      const known = () =>
        account === undefined ? byPerson.get(person) : (byAccount.get(account) ?? byAccount.get(account.toLowerCase()));
      if (known()) return known();
      await recall();
      return known();
    },
    localeOf: (person) => byPerson.get(person)?.locale,
    async meet(account, place, introduceToo) {
      const { people } = await intake.world();
      if (introduceToo || ownerOf(people, heard(account, met(account))) !== undefined) {
        // A roster tells of people, not of a personal chat.
        await this.personOf(account, { ...place, kind: 'channel' });
      }
    },
    knows,
    untold: (person) => byPerson.get(person)?.untold === true,
    async told(person) {
      const contact = byPerson.get(person);
      if (contact?.untold) await keep({ ...contact, untold: undefined });
    },
    async chat(person, conversation) {
      const contact = await this.find(person);
      if (contact) await keep({ ...contact, chat: conversation });
    },
    async load() {
      await recall();
      await keepRemembered(
        intake,
        [...new Set(byAccount.values())].map((contact) => heard(contact, contact)),
      );
    },
  };
}

/** The account as `ids` of a person name it. */
export function accountIn(contact: Contact | undefined): string | undefined {
  return contact && (contact.aad ?? contact.id);
}

function aadOf({ aadObjectId, objectId }: ActivityAccount): string | undefined {
  return aadObjectId ?? objectId ?? undefined;
}

/** Whoever is in the organisation's directory has their name from there; others in a meeting say what they like. */
function heard(account: ActivityAccount, before: Contact | undefined): Heard {
  const aad = aadOf(account) ?? before?.aad;
  const known = before ? [before.id] : [];
  const ids: Heard['ids'] = aad === undefined ? [account.id, ...known] : [aad, account.id, ...known];
  return { surface: TEAMS, ids, remembered: before?.person, vouched: aad !== undefined };
}

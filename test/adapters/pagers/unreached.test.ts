// Whom neither a pager nor a chat has a way to is called by hand: the commander gets the number, once, and at once.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ntfy } from '../../../src/adapters/pagers/ntfy.ts';
import { type Pager, type Paging, pagerOutlets } from '../../../src/adapters/pagers/pager.ts';
import { type Chat, unreachedOutlet } from '../../../src/adapters/pagers/unreached.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { promptsOf } from '../../../src/core/prompts.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { People } from '../../../src/core/units.ts';
import { openHouse } from '../../support/discord-house.ts';
import { type NtfyDouble, startNtfy } from '../../support/ntfy-double.ts';
import { openTeams, sent } from '../../support/teams-house.ts';

const SETTINGS: Partial<Settings> = {
  services: { payments: { name: 'Payments', seats: ['database'], at: {} } },
  seats: { database: { name: 'Database on-call', chain: ['ben'] } },
};
const PHONE = '+49 30 5550 100';
const ben = (ids: Record<string, string> = {}): People => ({
  ann: { id: 'ann', name: 'Ann Archer' },
  ben: { id: 'ben', name: 'Ben Example', phone: PHONE, ids },
});
const DECLARE = {
  id: 'declared',
  command: 'declare',
  by: 'ann',
  fields: { title: 'Checkout fails', service: 'payments' },
  via: 'test',
};
const BENS = { id: '29:ben', name: 'Ben Example', aadObjectId: '00000000-0000-0000-0000-00000000000b' };

let push: NtfyDouble;
beforeEach(async () => {
  push = await startNtfy();
});
afterEach(() => push.stop());

/** What a Baton with these pagers has beside its chat. */
const outlets = (pagers: readonly Pager[]) => (chat: Chat, paging: Paging) => [
  ...pagerOutlets(pagers, paging),
  unreachedOutlet(pagers, [chat], paging),
];
const pushTo = (person: string) => ntfy({ url: push.url, topics: { [person]: 'topic-1' } }, undefined);

interface Told {
  readonly incident: Incident;
  /** How often it is in the record that Ben could not be paged. */
  readonly failed: number;
  /** Numbers that the commander is told to call. */
  readonly numbers: readonly unknown[];
}

const CHATS: Record<string, (known: boolean, pagers: readonly Pager[]) => Promise<Told>> = {
  async teams(known, pagers) {
    const house = await openTeams({ settings: SETTINGS, people: ben(), outlets: outlets(pagers) });
    try {
      if (known) await house.send(sent('message-personal', { text: 'help', from: BENS }));
      await house.settled();
      await house.handler.handle(DECLARE);
      await house.settled();
      return await told(house);
    } finally {
      await house.stop();
    }
  },
  async discord(known, pagers) {
    const people = (accounts: Readonly<Record<string, string>>) => ben(known ? { discord: accounts.Ben ?? '' } : {});
    const house = await openHouse({ settings: SETTINGS, people, outlets: outlets(pagers) });
    try {
      await house.handler.handle(DECLARE);
      await house.handler.settled();
      return await told(house);
    } finally {
      await house.stop();
    }
  },
};

async function told({
  handler,
  incident,
}: Awaited<ReturnType<typeof openTeams>> | Awaited<ReturnType<typeof openHouse>>) {
  await handler.handle({ id: 'takes', command: 'join-call', by: 'ann', fields: {}, incident: 'INC-1', via: 'test' });
  await handler.handle({ id: 'led', command: 'take-command', by: 'ann', fields: {}, incident: 'INC-1', via: 'test' });
  await handler.settled();
  const now = await incident();
  const events = await handler.events('INC-1');
  const prompts = promptsOf(now, await handler.world()).filter(({ line }) => line.startsWith('page-failed'));
  return {
    incident: now,
    failed: events.filter((event) => event.type === 'page-failed' && event.person === 'ben').length,
    numbers: prompts.map(({ facts }) => facts.contact),
  };
}

describe.each(Object.entries(CHATS))('with %s', (_name, declared) => {
  test.each<[string, () => readonly Pager[]]>([
    ['without any pager', () => []],
    ['beside a pager for others', () => [pushTo('cat')]],
    ['beside two pagers for others', () => [pushTo('cat'), { ...pushTo('dan'), name: 'second' }]],
  ])('somebody whom it has never met is called by hand, %s', async (_how, pagers) => {
    const { failed, numbers } = await declared(false, pagers());
    expect(failed).toBe(1);
    expect(numbers).toEqual([PHONE]);
  });

  test('nobody is told to call whom it knows', async () => {
    const { failed, incident } = await declared(true, [pushTo('cat')]);
    expect(incident.seats.database?.pages).toMatchObject([{ person: 'ben' }]);
    expect(failed).toBe(0);
  });

  test('nor whom a pager reaches', async () => {
    const { failed } = await declared(false, [pushTo('ben')]);
    expect(push.pushed).toHaveLength(1);
    expect(failed).toBe(0);
  });
});

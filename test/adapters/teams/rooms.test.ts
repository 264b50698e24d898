// Where an incident lives in Teams, and what becomes of it when that place is closed to Baton.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTeams, sent, shownIn, type TeamsHouse } from '../../support/teams-house.ts';
import { type Issuer, openIssuer, registered } from '../../support/teams-issuer.ts';

const CHANNEL = '19:incidents@thread.tacv2';

let house: TeamsHouse;
afterEach(() => house.stop());

async function declares(changes: Record<string, unknown> = {}) {
  await house.send(sent('message-personal', changes));
  await house.settled();
}
const texts = (conversation: string) => house.connector.in(conversation).map(({ states }) => shownIn(states.at(-1)));

describe('with a configured channel', () => {
  beforeEach(async () => {
    house = await openTeams({ teams: { channel: CHANNEL, language: 'de' } });
  });

  test('the room is a thread there, in the house’s language; whoever declared is shown the way and the card', async () => {
    await declares();
    const { rooms } = await house.incident();
    expect(rooms.teams?.room).toMatch(`${CHANNEL};messageid=`);
    expect(texts(rooms.teams?.room ?? '')[0]).toContain('Leitung übernehmen');
    expect(texts('a:1AnnsPersonalChatWithTheBot').join()).toContain('/l/message/');
    await declares({ id: '2', text: 'join' });
    const [card] = house.connector.in('a:1AnnsPersonalChatWithTheBot').filter(({ states }) => states[0]?.attachments);
    await house.order('ann-archer', 'take-command');
    await house.settled();
    // Their own card is in their client's language, and stays up to date.
    expect(shownIn(card?.states.at(-1))).toContain('Incident commander');
    expect(card?.states.length).toBeGreaterThan(1);
  });

  test('an incident from elsewhere opens its room there too, once Teams was ever heard of, also after a restart', async () => {
    await declares();
    await house.restart();
    await house.handler.handle({
      id: 'alert',
      command: 'declare',
      by: 'baton',
      fields: { title: 'An alert' },
      via: 'alertmanager',
    });
    await house.settled();
    expect((await house.incident('INC-2')).rooms.teams?.room).toMatch(`${CHANNEL};messageid=`);
  });

  test('after a restart cards go on being edited, what was missed included', async () => {
    await declares();
    const room = (await house.incident()).rooms.teams?.room ?? '';
    const states = () => house.connector.in(room)[0]?.states ?? [];
    const before = states().length;
    house.connector.hostility = { failing: 1 };
    await house.order('ann-archer', 'take-command');
    await house.restart();
    house.connector.hostility = {};
    await house.settled();
    expect(states().length).toBeGreaterThan(before);
    expect(shownIn(states().at(-1))).toContain('Ann Archer');
  });

  test('a card that somebody deleted comes again', async () => {
    await declares();
    const room = (await house.incident()).rooms.teams?.room ?? '';
    house.connector.remove(house.connector.in(room)[0]?.id ?? '');
    await house.order('ann-archer', 'take-command');
    await house.settled();
    const cards = house.connector.in(room).filter(({ states }) => states[0]?.attachments);
    expect(cards).toHaveLength(2);
    expect(shownIn(cards[1]?.states.at(-1))).toContain('Ann Archer');
  });

  test('a channel that refuses is passed over for where it was declared', async () => {
    house.connector.blocked.set(CHANNEL, 'BotNotInConversationRoster');
    await declares();
    expect((await house.incident()).rooms.teams?.room).toBe('a:1AnnsPersonalChatWithTheBot');
  });

  test('when Baton is removed the incident goes on, the commander is told, and nothing is sent there', async () => {
    await declares();
    await house.order('ann-archer', 'take-command');
    await house.settled();
    const room = (await house.incident()).rooms.teams?.room ?? '';
    house.connector.blocked.set(room, 'BotNotInConversationRoster');
    await house.order('ann-archer', 'note', { text: 'still here' });
    await house.settled();
    const incident = await house.incident();
    expect(incident.roomsFailed.teams).toContain('BotNotInConversationRoster');
    expect(texts('a:1AnnsPersonalChatWithTheBot').join()).toContain('BotNotInConversationRoster');
    // The commander has the card itself, which is kept up to date, and goes on with it.
    const cards = () =>
      house.connector.in('a:1AnnsPersonalChatWithTheBot').filter(({ states }) => states[0]?.attachments);
    expect(cards()).toHaveLength(1);
    expect(shownIn(cards()[0]?.states.at(-1))).toContain('Ann Archer');
    const requests = house.connector.requests.filter(({ path }) => path.includes(encodeURIComponent(room))).length;
    await house.order('ann-archer', 'rename', { title: 'Renamed while away' });
    await house.settled();
    expect(house.connector.requests.filter(({ path }) => path.includes(encodeURIComponent(room)))).toHaveLength(
      requests,
    );
    expect(await house.behind()).toEqual([]);
    expect(shownIn(cards()[0]?.states.at(-1))).toContain('Renamed while away');

    // Added again, it goes on where it was, with the newest state.
    house.connector.blocked.clear();
    await house.order('ann-archer', 'rename', { title: 'Renamed meanwhile' });
    const conversation = { ...sent('installation-update-add').conversation, id: CHANNEL };
    await house.send(sent('installation-update-add', { id: 'f:again', conversation }));
    await house.settled();
    expect(texts(room)[0]).toContain('Renamed meanwhile');
  });
});

describe('people', () => {
  const account = (name: string, n: number) => ({
    id: `29:${n}`,
    name,
    aadObjectId: `00000000-0000-0000-0000-00000000000${n}`,
  });
  const says = (text: string, from: unknown) =>
    house.send(sent('message-personal', { text, from, id: `${text}${JSON.stringify(from)}` }));

  test('are who the configuration says, whatever they are called', async () => {
    house = await openTeams({
      people: { anna: { id: 'anna', name: 'Anna Example', ids: { teams: '00000000-0000-0000-0000-00000000000A' } } },
    });
    await says('declare Trouble', {
      ...account('Q. Somebody', 9),
      aadObjectId: '00000000-0000-0000-0000-00000000000a',
    });
    expect((await house.incident()).declared.by).toBe('anna');
  });

  test('of one name are two people, and nobody becomes somebody by taking their name', async () => {
    house = await openTeams({
      people: { anna: { id: 'anna', name: 'Anna Example', ids: { teams: '00000000-0000-0000-0000-00000000000a' } } },
    });
    await says('declare Trouble', account('Anna Example', 1));
    await says('declare Trouble too', account('anna example', 2));
    await says('declare Trouble three', account('Anna Example', 1));
    const by = await Promise.all([1, 2, 3].map(async (n) => (await house.incident(`INC-${n}`)).declared.by));
    expect(new Set(by).size).toBe(2);
    expect(by).not.toContain('anna');
    expect(by[2]).toBe(by[0]);
  });

  test('are still known after a restart, and are reached in their own chats', async () => {
    house = await openTeams();
    await says('declare Trouble', account('Ann Archer', 1));
    await house.settled();
    await house.restart();
    await house.order('x', 'page', { person: 'ann-archer' });
    await house.settled();
    const pages = house.connector.messages.filter(({ states }) => JSON.stringify(states[0]).includes('answer-page'));
    expect(pages).toHaveLength(1);
    const [page] = pages;
    await house.order('ann-archer', 'answer-page');
    await house.settled();
    expect(page?.states.at(-1)?.attachments).toBeUndefined();
  });

  test('who cannot be reached are reported, so that somebody calls them', async () => {
    house = await openTeams();
    house.connector.members.push(account('Bob Baker', 2));
    await house.send(sent('conversation-update-bot-added'));
    await house.settled();
    house.connector.blocked.set('29:2', 'BotNotInConversationRoster');
    await says('declare Trouble', account('Ann Archer', 1));
    await house.settled();
    const room = (await house.incident()).rooms.teams?.room ?? '';
    // In the room by name, as long as there is one.
    await house.order('ann-archer', 'page', { person: 'bob-baker' });
    await house.settled();
    expect(texts(room).join()).toContain('<at>Bob Baker</at>');
    house.connector.blocked.set(room, 'MessageWritesBlocked');
    await house.order('ann-archer', 'page', { person: 'bob-baker', wanted: 'database' });
    await house.settled();
    const failed = Object.values((await house.incident()).seats).flatMap(({ pages }) =>
      pages.map((page) => page.failed),
    );
    expect(failed.some((reason) => reason?.includes('Teams'))).toBe(true);
  });
});

describe('an installation', () => {
  beforeEach(async () => {
    house = await openTeams();
  });

  test('is welcomed once, with what to do first, and the roster is kept', async () => {
    house.connector.members.push({ id: '29:7', name: 'Eve Ellis', objectId: '00000000-0000-0000-0000-0000000000e7' });
    await house.send(sent('installation-update-add'));
    await house.send(sent('conversation-update-bot-added'));
    await house.settled();
    const welcomes = house.connector.in('19:general@thread.tacv2');
    expect(welcomes).toHaveLength(1);
    expect(JSON.stringify(welcomes[0]?.states)).toContain('"command":"declare"');
    expect(Object.values((await house.handler.world()).people).map(({ name }) => name)).toContain('Eve Ellis');
  });

  test('in a personal chat speaks the language of the client', async () => {
    await house.send(sent('installation-update-personal'));
    await house.settled();
    expect(texts('a:1AnnsPersonalChatWithTheBot').join()).toContain('Stimmt etwas nicht?');
  });
});

describe('with Graph', () => {
  let issuer: Issuer;
  const OPEN = '/v1.0/users/organizer/onlineMeetings/createOrGet';
  const LINK = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_MTIzNDU2%40thread.v2/0?context=x';
  const send = (name: string, changes: Record<string, unknown> = {}) =>
    house.send(sent(name, changes), { authorization: `Bearer ${issuer.token({ serviceurl: house.connector.url })}` });

  beforeEach(async () => {
    issuer = await openIssuer();
    house = await openTeams({
      teams: { ...registered(issuer), organizer: 'organizer', team: 'team' },
      bridge: 'https://bridge.example.com/1',
    });
  });
  afterEach(() => issuer.stop());

  test('a meeting is opened with the incident, its link on the card; who joins and leaves is seen', async () => {
    issuer.graph.set(OPEN, { joinWebUrl: LINK, chatInfo: { threadId: '19:meeting_MTIzNDU2@thread.v2' } });
    await send('message-personal');
    await house.settled();
    expect((await house.incident()).call?.link).toBe(LINK);
    const room = (await house.incident()).rooms.teams?.room ?? '';
    expect(JSON.stringify(house.connector.in(room).map(({ states }) => states.at(-1)))).toContain(LINK);
    const on = async () =>
      Object.values((await house.incident()).people).flatMap(({ id, on }) => on.map((via) => `${id} ${via}`));
    await send('meeting-start');
    await send('meeting-join');
    await send('meeting-join');
    expect(await on()).toEqual(['bob-baker teams']);
    await send('meeting-leave');
    expect(await on()).toEqual([]);
    await send('meeting-join', { id: 'f:later' });
    await send('meeting-end');
    expect(await on()).toEqual([]);
  });

  test('a meeting with a short link is known by its chat, also after a restart', async () => {
    const joinWebUrl = 'https://teams.microsoft.com/meet/2345678901234?p=abcdefgh';
    issuer.graph.set(OPEN, { joinWebUrl, chatInfo: { threadId: '19:meeting_MTIzNDU2@thread.v2' } });
    await send('message-personal');
    await house.settled();
    await house.restart();
    await send('meeting-join');
    expect(Object.values((await house.incident()).people).filter(({ on }) => on.includes('teams'))).toHaveLength(1);
  });

  test.each([429, 503])('a meeting that Graph cannot open just now (%s) is asked for again', async (status) => {
    issuer.graph.set(OPEN, [status, { joinWebUrl: LINK }]);
    await send('message-personal');
    await house.settled();
    const { call, callFailed } = await house.incident();
    expect([call?.link, callFailed]).toEqual([LINK, undefined]);
  });

  test('a meeting that is refused gives way to the bridge, with one line that says why', async () => {
    issuer.graph.set(OPEN, 403);
    await send('message-personal');
    await house.settled();
    const incident = await house.incident();
    expect(incident.call?.link).toBe('https://bridge.example.com/1');
    expect(incident.callFailed).toContain('Forbidden');
    const said = texts(incident.rooms.teams?.room ?? '').join('\n');
    expect(said.match(/Forbidden/g)?.length).toBeLessThanOrEqual(2);
  });

  test('without meeting and bridge the card asks for a link in one press', async () => {
    await house.stop();
    house = await openTeams({ teams: { ...registered(issuer), organizer: 'organizer' } });
    issuer.graph.set(OPEN, 403);
    await send('message-personal');
    await house.settled();
    const room = (await house.incident()).rooms.teams?.room ?? '';
    expect(JSON.stringify(house.connector.in(room).map(({ states }) => states.at(-1)))).toContain(
      '"command":"set-call"',
    );
  });

  test('an incident gets a channel of its own; a team that is full keeps nobody from working', async () => {
    issuer.graph.set('/v1.0/teams/team/channels', { id: '19:own@thread.tacv2' });
    await send('message-personal');
    await house.settled();
    expect((await house.incident()).rooms.teams?.room).toMatch(/^19:own@thread\.tacv2;messageid=/);
    issuer.graph.set('/v1.0/teams/team/channels', 403);
    await send('message-personal', { id: '2', text: 'declare Another' });
    await house.settled();
    expect((await house.incident('INC-2')).rooms.teams?.room).toBe('a:1AnnsPersonalChatWithTheBot');
  });

  test.each([
    [
      'a thread',
      CHANNEL,
      'It is a thread, because no channel of its own could be made: Microsoft Graph said Forbidden.',
    ],
    ['a chat', undefined, 'It is a chat, because no channel of its own could be made: Microsoft Graph said Forbidden.'],
  ])('a channel that is refused is said once in the room, which is %s instead', async (_what, channel, line) => {
    await house.stop();
    house = await openTeams({ teams: { ...registered(issuer), team: 'team', ...(channel ? { channel } : {}) } });
    issuer.graph.set('/v1.0/teams/team/channels', 403);
    await send('message-personal');
    await house.settled();
    await house.restart();
    await send('message-personal', { id: '2', text: 'take-command' });
    await house.settled();
    const { command, rooms, roomsFailed } = await house.incident();
    expect([command.commander, roomsFailed]).toEqual(['ann-archer', {}]);
    const said = texts(rooms.teams?.room ?? '').join('<br/>');
    expect(said.split(line)).toHaveLength(2);
  });

  test('a channel of its own that is opened needs no word', async () => {
    issuer.graph.set('/v1.0/teams/team/channels', { id: '19:own@thread.tacv2' });
    await send('message-personal');
    await house.settled();
    const said = texts((await house.incident()).rooms.teams?.room ?? '').join('<br/>');
    expect(said).not.toContain('The room in Microsoft Teams is open');
  });

  test('the card is pinned in a group chat', async () => {
    const pins = '/v1.0/chats/19%3Afedcba98fedcba98fedcba98fedcba98%40thread.v2/pinnedMessages';
    issuer.graph.set(pins, {});
    issuer.graph.set('/v1.0/teams/team/channels', 403);
    await send('message-group-mention', { text: '<at>Baton</at> declare Trouble' });
    await house.settled();
    expect(issuer.asked.filter(({ path }) => path === pins)).toHaveLength(1);
  });
});

// Who is let in at /api/messages, checked with real tokens of an issuer on this machine.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTeams, sent, type TeamsHouse } from '../../support/teams-house.ts';
import { APP, type Issuer, openIssuer, PASSWORD, registered } from '../../support/teams-issuer.ts';

let issuer: Issuer;
let house: TeamsHouse;
/** botbuilder tells the console of every bad token. */
const spoken: unknown[] = [];
const error = console.error;
beforeEach(async () => {
  console.error = (...said: unknown[]) => spoken.push(...said);
  issuer = await openIssuer();
  house = await openTeams({ teams: registered(issuer) });
});
afterEach(async () => {
  console.error = error;
  await house.stop();
  await issuer.stop();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const vouched = () => ({ serviceurl: house.connector.url });
const second = () => Math.floor(Date.now() / 1_000);

describe('a token', () => {
  test('of Teams lets in, and answers go out with the bot’s own', async () => {
    expect(await house.send(sent('message-personal'), bearer(issuer.token(vouched())))).toMatchObject({ status: 200 });
    await house.settled();
    expect((await house.incident()).title).toBe('Checkout fails');
    expect(house.connector.messages.length).toBeGreaterThan(0);
    const tokens = new Set(house.connector.requests.map(({ token }) => token));
    expect([...tokens]).toEqual(['Bearer token-1 for https://api.botframework.com/.default']);
    expect(issuer.asked.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  });

  test('of the bot that was taken back is exchanged for another, and nothing is lost', async () => {
    house.connector.revoked.add('Bearer token-1 for https://api.botframework.com/.default');
    await house.send(sent('message-personal'), bearer(issuer.token(vouched())));
    await house.settled();
    const tokens = house.connector.requests.filter(({ status }) => status < 300).map(({ token }) => token);
    expect([...new Set(tokens)]).toEqual(['Bearer token-2 for https://api.botframework.com/.default']);
  });

  test.each<readonly [string, () => Record<string, string>]>([
    ['none at all', () => ({})],
    ['another scheme', () => ({ authorization: 'Basic YTpi' })],
    ['no token', () => ({ authorization: 'Bearer not-a-token' })],
    ['another audience', () => bearer(issuer.token({ ...vouched(), aud: 'another-app' }))],
    ['another issuer', () => bearer(issuer.token({ ...vouched(), iss: 'https://evil.example.com' }))],
    ['an expired one', () => bearer(issuer.token({ ...vouched(), exp: second() - 600, nbf: second() - 7_200 }))],
    [
      'one that is not valid yet',
      () => bearer(issuer.token({ ...vouched(), nbf: second() + 3_600, exp: second() + 7_200 })),
    ],
    ['a foreign signature', () => bearer(issuer.token(vouched(), {}, issuer.stranger))],
    ['no signature (alg none)', () => bearer(issuer.token(vouched(), { alg: 'none' }))],
    ['the public key as a secret', () => bearer(issuer.confused(vouched()))],
    ['an unknown key', () => bearer(issuer.token(vouched(), { kid: 'nobody' }))],
    [
      'a changed body',
      () =>
        bearer(issuer.token(vouched()).replace(/\.[^.]+\./, `.${Buffer.from('{"aud":"x"}').toString('base64url')}.`)),
    ],
    ['another serviceUrl', () => bearer(issuer.token({ serviceurl: 'https://evil.example.com' }))],
    ['no serviceUrl', () => bearer(issuer.token({ serviceurl: undefined }))],
    [
      'an emulator’s issuer',
      () =>
        bearer(
          issuer.token({
            iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
            ver: '1.0',
            appid: APP,
          }),
        ),
    ],
  ])('%s is 401, never 500, and nothing follows', async (_what, headers) => {
    const answer = await house.send(sent('message-personal'), headers());
    expect(answer).toEqual({ status: 401, body: { error: 'Unauthorized.' } });
    await house.settled();
    expect(await house.handler.list({})).toEqual([]);
    expect(house.connector.requests).toEqual([]);
  });

  test('for another channel is refused, whatever the key is endorsed for', async () => {
    const activity = sent('message-personal', { channelId: 'webchat' });
    expect((await house.send(activity, bearer(issuer.token(vouched())))).status).toBe(401);
  });

  test('signed by a key that is not endorsed for Teams is refused', async () => {
    const other = await openIssuer({ endorsements: ['webchat'] });
    const elsewhere = await openTeams({ teams: registered(other) });
    try {
      const token = other.token({ serviceurl: elsewhere.connector.url });
      expect((await elsewhere.send(sent('message-personal'), bearer(token))).status).toBe(401);
    } finally {
      await elsewhere.stop();
      await other.stop();
    }
  });

  test('cannot be checked while the keys cannot be had: Teams is asked to come again', async () => {
    issuer.down = true;
    const token = bearer(issuer.token(vouched()));
    expect((await house.send(sent('message-personal'), token)).status).toBe(503);
    issuer.down = false;
    expect((await house.send(sent('message-personal'), token)).status).toBe(200);
  });
});

describe('a tenant', () => {
  test('that is not allowed is turned away, though Teams vouches for it', async () => {
    const activity = sent('message-personal', {
      channelData: { tenant: { id: '00000000-0000-0000-0000-0000000000ff' } },
    });
    expect((await house.send(activity, bearer(issuer.token(vouched())))).status).toBe(403);
    expect(
      (
        await house.send(
          sent('message-personal', { channelData: {}, conversation: { id: 'a:1' } }),
          bearer(issuer.token(vouched())),
        )
      ).status,
    ).toBe(403);
    expect(await house.handler.list({})).toEqual([]);
  });

  test('beside the bot’s own can be allowed', async () => {
    const guests = '00000000-0000-0000-0000-0000000000FF';
    const open = await openTeams({ teams: { ...registered(issuer), tenants: [guests.toLowerCase()] } });
    try {
      const activity = sent('message-personal', { channelData: { tenant: { id: guests } } });
      expect((await open.send(activity, bearer(issuer.token({ serviceurl: open.connector.url })))).status).toBe(200);
    } finally {
      await open.stop();
    }
  });
});

describe('without an app id', () => {
  test('this machine is let in, and answers stay on it', async () => {
    const local = await openTeams();
    try {
      const away = sent('message-personal', { keepUrl: true });
      expect((await local.send(away)).status).toBe(403);
      expect((await local.send(sent('message-personal'), { 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
      expect((await local.send(sent('message-personal'))).status).toBe(200);
    } finally {
      await local.stop();
    }
  });
});

describe('what is not read', () => {
  test.each(['[]', '{}', '"x"', '{"type":"message"}', 'null'])('%s is refused like a stranger', async (body) => {
    const response = await fetch(`${house.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(issuer.token(vouched())) },
      body,
    });
    expect([400, 401]).toContain(response.status);
  });

  test('an activity larger than any of Teams is refused unread', async () => {
    const huge = sent('message-personal', { text: 'x'.repeat(600_000) });
    expect((await house.send(huge, bearer(issuer.token(vouched())))).status).toBe(413);
  });
});

test('no secret is ever logged', async () => {
  const token = issuer.token(vouched(), {}, issuer.stranger);
  await house.send(sent('message-personal'), bearer(token));
  await house.send(sent('message-personal'), bearer(issuer.token(vouched())));
  await house.settled();
  const all = JSON.stringify([house.logged, spoken], (_key, value) =>
    value instanceof Error ? `${value.stack} ${JSON.stringify(value)} ${String(value.cause)}` : value,
  );
  expect(all).not.toContain(PASSWORD);
  expect(all).not.toContain(token);
  expect(all).not.toContain('token-1 for');
});

// Files that people send in Teams: copied while their addresses still lead somewhere, or said why not.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTeams, type Sent, sent, shownIn, type TeamsHouse } from '../../support/teams-house.ts';
import { type Issuer, openIssuer, registered } from '../../support/teams-issuer.ts';

const CHAT = 'a:1AnnsPersonalChatWithTheBot';
const PICTURE = '/emea/v3/attachments/0-weu-d1-0123456789abcdef/views/original';
const DOWNLOAD = '/personal/ann/_layouts/15/download.aspx?tempauth=secret-of-minutes';

let house: TeamsHouse;
beforeEach(async () => {
  house = await openTeams({ largestFile: 1_000 });
  house.connector.files.set(PICTURE, { type: 'image/png', text: 'pixels' });
  house.connector.files.set(DOWNLOAD, { type: 'text/plain', text: 'lines of a log' });
});
afterEach(() => house.stop());

const at = (path: string) => `${house.connector.url}${path}`;
const pasted = (path = PICTURE) => sent('message-with-picture', { attachments: picture(at(path)) });
const picture = (contentUrl: string) => [
  { contentType: 'image/*', contentUrl },
  { contentType: 'text/html', content: '<p><img src="x"></p>' },
];
/** A file sent in a personal chat, downloaded from `downloadUrl`. */
const filed = (downloadUrl: string, changes: Partial<Sent> = {}) => {
  const [file] = sent('message-with-file').attachments as Record<string, unknown>[];
  const content = { ...(file?.content as object), downloadUrl };
  return sent('message-with-file', { attachments: [{ ...file, content }], ...changes });
};
async function sends(activity: Sent) {
  expect((await house.send(activity)).status).toBe(200);
  await house.settled();
}
const kept = async () => (await house.incident()).evidence.map(({ kind, text, link }) => [kind, text, link]);
const said = () => house.connector.in(CHAT).map(({ states }) => shownIn(states.at(-1)));

describe('while an incident is open', () => {
  beforeEach(() => sends(sent('message-personal')));

  test('a pasted picture is copied, and the words beside it are kept as ever', async () => {
    await sends(pasted());
    const { evidence } = await house.incident();
    expect(evidence).toMatchObject([
      { kind: 'note', text: 'the error rate since noon' },
      { kind: 'screenshot', text: 'picture', attachment: expect.any(String) },
    ]);
    const copy = await house.attachment(evidence[1]?.attachment ?? '');
    expect(copy).toEqual({ name: 'picture', type: 'image/png', text: 'pixels' });
  });

  test('a file that is sent is copied under its name, with the way to where it lies', async () => {
    await sends(filed(at(DOWNLOAD)));
    const [evidence] = (await house.incident()).evidence;
    expect(evidence).toMatchObject({ kind: 'attachment', text: 'api.log' });
    expect(await house.attachment(evidence?.attachment ?? '')).toMatchObject({
      name: 'api.log',
      text: 'lines of a log',
    });
  });

  test('a delivery that comes again keeps nothing twice, also after a restart', async () => {
    await sends(filed(at(DOWNLOAD)));
    await house.restart();
    await sends(filed(at(DOWNLOAD)));
    expect(await kept()).toHaveLength(1);
  });

  test.each<readonly [string, () => void]>([
    ['that says so', () => house.connector.files.set(DOWNLOAD, { type: 'text/plain', text: 'x'.repeat(1_001) })],
    [
      'that comes in pieces',
      () =>
        house.connector.files.set(DOWNLOAD, {
          type: 'text/plain',
          text: 'x'.repeat(200_000),
          headers: { 'transfer-encoding': 'chunked' },
        }),
    ],
  ])('a file larger than evidence may be, %s, is kept as a link, and why is said', async (_how, given) => {
    given();
    await sends(filed(at(DOWNLOAD)));
    const [[kind, text, link]] = (await kept()) as [[string, string, string]];
    expect([kind, text]).toEqual(['attachment', 'api.log (not copied: it has more than 0 MB)']);
    expect(link).toMatch(/^https:\/\/contoso-my\.sharepoint\.com\//);
    expect(said().join()).toContain('not copied');
  });

  test('an address that has expired is said, and what was written beside the file is kept', async () => {
    house.connector.files.set(PICTURE, { type: 'text/plain', text: '', status: 404 });
    await sends(pasted());
    expect(await kept()).toEqual([
      ['note', 'the error rate since noon', undefined],
      ['screenshot', 'picture (not copied: it could not be fetched where it is)', undefined],
    ]);
  });

  test('an address away from Microsoft is never followed', async () => {
    const elsewhere = await openTeams();
    try {
      elsewhere.connector.files.set('/metadata', { type: 'text/plain', text: 'a secret of this network' });
      await sends(filed(`${elsewhere.connector.url}/metadata`));
      await sends(filed('https://sharepoint.com.evil.example.com/x', { id: '2' }));
      await sends(filed('http://contoso.sharepoint.com/x', { id: '3' }));
      await sends(filed('no address at all', { id: '4' }));
      expect(elsewhere.connector.requests).toEqual([]);
      expect((await kept()).map(([, text]) => text)).toEqual(
        Array(4).fill('api.log (not copied: it could not be fetched where it is)'),
      );
    } finally {
      await elsewhere.stop();
    }
  });

  test('cards and whatever else comes along are no files', async () => {
    const attachments = [
      { contentType: 'application/vnd.microsoft.card.adaptive', content: {} },
      { contentType: 'application/vnd.microsoft.teams.file.download.info', content: null },
      { contentType: null },
      {},
    ];
    await sends(sent('message-with-picture', { attachments }));
    expect(await kept()).toEqual([['note', 'the error rate since noon', undefined]]);
  });
});

test('a declaration brings its first evidence along', async () => {
  await sends({ ...pasted(), text: 'declare Checkout fails' });
  expect((await house.incident()).title).toBe('Checkout fails');
  expect(await kept()).toEqual([['screenshot', 'picture', undefined]]);
});

test('while nothing is open a file is not asked for, and how to declare is said', async () => {
  await sends(filed(at(DOWNLOAD)));
  expect(house.connector.requests.filter(({ path }) => path === DOWNLOAD)).toEqual([]);
  expect(JSON.stringify(house.connector.in(CHAT))).toContain('"command":"declare"');
});

describe('of a registered bot', () => {
  const MESSAGE = '1772546300000';
  const HOSTED = `/v1.0/teams/t/channels/19%3A0123456789abcdef0123456789abcdef%40thread.tacv2/messages/${MESSAGE}/hostedContents/aWQ9eA==/$value`;
  let issuer: Issuer;
  let own: TeamsHouse;
  const send = async (activity: Sent) => {
    const serviceurl = own.connector.url;
    const answer = await own.send(activity, { authorization: `Bearer ${issuer.token({ serviceurl })}` });
    await own.settled();
    return answer;
  };
  beforeEach(async () => {
    issuer = await openIssuer();
    own = await openTeams({ teams: { ...registered(issuer), organizer: 'organizer' } });
    own.connector.files.set(PICTURE, { type: 'image/png', text: 'pixels' });
    await send(sent('message-personal'));
  });
  afterEach(async () => {
    await own.stop();
    await issuer.stop();
  });

  test('a picture is asked for with the bot’s token, which goes nowhere else', async () => {
    await send(sent('message-with-picture', { attachments: picture(`${own.connector.url}${PICTURE}`) }));
    const [asked] = own.connector.requests.filter(({ path }) => path === PICTURE);
    expect(asked?.token).toMatch(/^Bearer token-\d for https:\/\/api\.botframework\.com\/\.default$/);
  });

  const keeps = (content: string) => {
    const { value, ...activity } = sent('compose-fetch-keep') as { value: { messagePayload: object } } & Sent;
    const messagePayload = { ...value.messagePayload, body: { contentType: 'html', content } };
    const data = { command: 'keep-evidence', fields: { text: 'Bob Baker: look', kind: 'message' }, incident: 'INC-1' };
    return send({
      ...activity,
      id: 'f:9',
      name: 'composeExtension/submitAction',
      value: { commandId: 'keep-evidence', messagePayload, data },
    });
  };
  /** Nobody waits for pictures: the dialog has closed before they come. */
  const twoKept = async () => {
    for (;;) {
      const { evidence } = await own.incident();
      if (evidence.length > 1) return evidence;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  test('a picture in a message that is kept is copied through Graph', async () => {
    issuer.graph.set(HOSTED, {});
    await keeps(`<p>look <img alt="a" src="${issuer.url}${HOSTED}"></p>`);
    expect(await twoKept()).toMatchObject([
      { kind: 'message', text: 'Bob Baker: look' },
      { text: 'picture', attachment: expect.any(String) },
    ]);
    const [asked] = issuer.asked.filter(({ path }) => path === HOSTED);
    expect(asked?.authorization).toMatch(/^Bearer token-\d for /);
  });

  test('a picture that Graph does not give leaves the message itself kept', async () => {
    issuer.graph.set(HOSTED, 403);
    await keeps(`<img src="${issuer.url}${HOSTED}">`);
    expect((await twoKept()).map(({ text }) => text)).toEqual([
      'Bob Baker: look',
      'picture (not copied: it could not be fetched where it is)',
    ]);
  });

  test.each([
    ['of another message', HOSTED.replace(MESSAGE, '1772546300001')],
    ['of another channel', HOSTED.replace('0123', '3210')],
    ['that is no picture', `/v1.0/users/boss/messages/${MESSAGE}`],
  ])('what is asked of Graph is never something %s', async (_what, path) => {
    issuer.graph.set(path, {});
    await keeps(`<img src="${issuer.url}${path}">`);
    expect(issuer.asked.filter((one) => one.path === path)).toEqual([]);
    expect((await own.incident()).evidence).toHaveLength(1);
  });
});

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

  const keeps = (content: string, attachments: unknown[] = []) => {
    const { value, ...activity } = sent('compose-fetch-keep') as { value: { messagePayload: object } } & Sent;
    const messagePayload = { ...value.messagePayload, body: { contentType: 'html', content }, attachments };
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
      'picture (not copied: Baton may not read it where it is; send it to Baton in your personal chat, and it is)',
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

  describe('a file attached to a message that is kept', () => {
    const SITE = 'https://contoso.sharepoint.com/sites/Payments';
    const FOLDER =
      '/v1.0/teams/00000000-0000-0000-0000-0000000000c0/channels/19%3A0123456789abcdef0123456789abcdef%40thread.tacv2/filesFolder';
    const ITEM = '/v1.0/drives/b!drive/items/folder:/api%20log%20%231.txt';
    const inChannel = [
      {
        contentType: 'reference',
        contentUrl: `${SITE}/Shared Documents/General/api log %231.txt`,
        name: 'api log #1.txt',
      },
    ];
    const CLOSED = '(not copied: Baton may not read it where it is; send it to Baton in your personal chat, and it is)';
    beforeEach(() => {
      const webUrl = `${SITE}/Shared%20Documents/General`;
      issuer.graph.set(FOLDER, { id: 'folder', webUrl, parentReference: { driveId: 'b!drive' } });
      issuer.graph.set(ITEM, { '@microsoft.graph.downloadUrl': `${issuer.url}/download?tempauth=x` });
      issuer.graph.set('/download', { lines: 'of a log' });
    });

    test('in a channel is copied from the channel’s folder, and the token goes no further than Graph', async () => {
      const answer = await keeps('<p>look</p>', inChannel);
      expect(JSON.stringify(answer.body)).not.toContain('not copied');
      const [, file] = await twoKept();
      expect(file).toMatchObject({ text: 'api log #1.txt', kind: 'attachment' });
      expect(await own.attachment(file?.attachment ?? '')).toMatchObject({ text: '{"lines":"of a log"}' });
      const tokens = issuer.asked.map(({ path, authorization }) => [path, authorization.slice(0, 6)]);
      expect(tokens).toEqual(
        expect.arrayContaining([
          [FOLDER, 'Bearer'],
          [ITEM, 'Bearer'],
          ['/download', ''],
        ]),
      );
    });

    test.each([
      ['in another folder', `${SITE}/Shared Documents/Board/salaries.txt`],
      ['above the folder', `${SITE}/Shared Documents/General/..%2FBoard/salaries.txt`],
      ['beside the folder', `${SITE}/Shared Documents/General2/salaries.txt`],
      ['that is the folder', `${SITE}/Shared Documents/General/`],
      ['of another site', 'https://contoso-my.sharepoint.com/personal/boss/Documents/salaries.txt'],
      ['that is no address', 'salaries.txt'],
    ])(
      '%s is not asked for, whatever a message says: the link is kept, and what to do is said',
      async (_what, contentUrl) => {
        await keeps('<p>look</p>', [{ contentType: 'reference', contentUrl, name: 'x.txt' }]);
        expect((await twoKept())[1]).toMatchObject({ text: `x.txt ${CLOSED}`, link: contentUrl });
        expect(issuer.asked.filter(({ path }) => path.includes('/drives/'))).toEqual([]);
      },
    );

    test('without permission is a link, and what to do instead is said', async () => {
      issuer.graph.set(FOLDER, 403);
      await keeps('<p>look</p>', inChannel);
      expect((await twoKept())[1]).toMatchObject({ text: `api log #1.txt ${CLOSED}`, link: inChannel[0]?.contentUrl });
    });

    test('that has gone meanwhile is a link', async () => {
      issuer.graph.delete(ITEM);
      await keeps('<p>look</p>', inChannel);
      expect((await twoKept())[1]?.text).toBe('api log #1.txt (not copied: it could not be fetched where it is)');
    });

    test('where Baton has no Graph is a link, and the dialog says at once what to do instead', async () => {
      await own.stop();
      own = await openTeams({ teams: { ...registered(issuer) } });
      await send(sent('message-personal'));
      const { body } = await keeps('<p>look</p>', inChannel);
      expect(JSON.stringify(body)).toContain(`api log #1.txt ${CLOSED}`);
      expect((await twoKept())[1]).toMatchObject({ text: `api log #1.txt ${CLOSED}`, link: inChannel[0]?.contentUrl });
    });
  });
});

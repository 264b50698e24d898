// What the doctor says of Teams: the bot's token, the signing keys, what Graph allows, and whether the app package can be made.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { doctorSays, of } from '../../support/doctor.ts';
import { APP, type Issuer, openIssuer, PASSWORD, TENANT } from '../../support/teams-issuer.ts';

let issuer: Issuer;
let folder: string;
beforeEach(async () => {
  issuer = await openIssuer();
  folder = mkdtempSync(join(tmpdir(), 'baton-doctor-test-'));
});
afterEach(async () => {
  await issuer.stop();
  rmSync(folder, { recursive: true });
});

async function says(environment: Record<string, string> = {}, teams = ''): Promise<string[]> {
  const file = join(folder, 'baton.yaml');
  writeFileSync(file, teams);
  const given = {
    BATON_CONFIG: file,
    MicrosoftAppId: APP,
    MicrosoftAppPassword: PASSWORD,
    MicrosoftAppTenantId: TENANT,
    ToBotFromChannelOpenIdMetadataUrl: `${issuer.url}/openid`,
    ToChannelFromBotLoginUrl: issuer.url,
    MicrosoftGraphUrl: issuer.url,
    PUBLIC_URL: 'https://127.0.0.1:1',
  };
  return of(await doctorSays({ ...given, ...environment }), 'Teams');
}
const amiss = (said: readonly string[]) => said.filter((one) => !one.startsWith('ok: '));

test('all is well, and Graph is asked for nothing where it is not used', async () => {
  expect(await says()).toEqual([
    'ok: The login gives the bot a token for its MicrosoftAppPassword.',
    'ok: The keys that Teams signs with can be had.',
    'unset: Graph is not used: neither teams.organizer nor teams.team is set.',
    expect.stringMatching(/^ok: The app package can be made: version \d+\.\d+\.\d+, manifest /),
  ]);
  expect(issuer.asked.map(({ path }) => path)).toEqual([`/${TENANT}/oauth2/v2.0/token`]);
});

test('a wrong password; the answer repeats what it was asked with, the report does not', async () => {
  const said = await says({ MicrosoftAppPassword: 'quite-another-secret' });
  expect(amiss(said)[0]).toBe(
    'wrong: The login gives the bot no token: 401 invalid_client. > Check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId against the registration.',
  );
  expect(said.join()).not.toContain('quite-another-secret');
});

test('a client secret that ran out is named, with what to do', async () => {
  issuer.refusal = { error: 'invalid_client', error_codes: [7000222] };
  expect(amiss(await says())[0]).toBe(
    'wrong: The login gives the bot no token: 401 invalid_client AADSTS7000222. > Make a new client secret, and set MicrosoftAppPassword to its value.',
  );
});

test('keys that cannot be had, and a login that is not there', async () => {
  issuer.down = true;
  expect(amiss(await says({ ToChannelFromBotLoginUrl: 'http://127.0.0.1:2' }))).toEqual([
    expect.stringMatching(/^wrong: The login gives the bot no token: it does not answer \(ECONNREFUSED\)\./),
    expect.stringMatching(/^wrong: http.*\/openid answers 503, and names no keys\./),
    expect.stringMatching(/^unset: Graph is not used/),
  ]);
});

test('permissions of Graph: what a setting needs is wrong without, the rest is worth knowing', async () => {
  const teams = 'teams: {organizer: "00000000-0000-0000-0000-00000000000b"}';
  issuer.roles = ['ChannelMessage.Read.All', 'Files.ReadWrite.All', 'Chat.Read.All'];
  expect(amiss(await says({}, teams))).toEqual([
    'wrong: Graph does not allow OnlineMeetings.ReadWrite.All: no online meeting can be opened, and the bridge of call.link serves instead. > Have an administrator grant OnlineMeetings.ReadWrite.All, or unset teams.organizer.',
    'note: Graph does not allow Chat.ReadWrite.All: the card is not pinned in group chats. > Have an administrator grant Chat.ReadWrite.All, or live without.',
  ]);
  issuer.roles = ['OnlineMeetings.ReadWrite.All', 'ChannelMessage.Read.All', 'Files.Read.All', 'Chat.ReadWrite.All'];
  expect(await says({}, teams)).toContain('ok: Graph allows all that Baton uses.');
  issuer.roles = [];
  expect(amiss(await says({}, 'teams: {team: "00000000-0000-0000-0000-00000000000c"}'))[0]).toMatch(
    /^wrong: Graph does not allow Channel\.Create: /,
  );
});

test('an app package that Teams would not take', async () => {
  expect(amiss(await says({ PUBLIC_URL: 'http://baton.example.com' })).at(-1)).toMatch(
    /^note: The app package cannot be made\. .*PUBLIC_URL has to begin with https:\/\//,
  );
});

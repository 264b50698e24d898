/** What every source of alerts has to keep, however it says things and shows who it is. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { AlertHouse, type Answered } from '../support/alert-house.ts';

export interface AlertSourceUnderTest {
  /** Its address below /hooks/. */
  readonly path: string;
  /** Names it in the record. */
  readonly via: string;
  /** What baton.yaml says under `hooks`, with these secrets or none. */
  hooks(secrets: string): string;
  /** One alert that fires. */
  readonly firing: string;
  /** The same, over. */
  readonly resolved: string;
  /** The same, a while later. */
  readonly again: string;
  /** Another trouble. */
  readonly other: string;
  /** JSON, and yet nothing that it sends. */
  readonly nonsense: string;
  /** It makes something even of what is no JSON. */
  readonly takesText?: boolean;
}

export function alertSourceContract(source: AlertSourceUnderTest): void {
  const { path, via, firing, resolved, again, other } = source;

  describe(`the alert source ${path}`, () => {
    let house: AlertHouse;
    afterEach(() => house.end());

    function open(
      secrets = '',
    ): (body: string, secret?: string, headers?: Record<string, string>) => Promise<Answered> {
      house = new AlertHouse(source.hooks(secrets));
      return (body, secret = 'local', headers = {}) => house.post(`${path}${secret && `/${secret}`}`, body, headers);
    }

    test('opens one incident for one trouble, however often it is delivered', async () => {
      const post = open();
      for (let times = 0; times < 3; times += 1) {
        expect(await post(firing)).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
      }
      expect(await house.handler.list({})).toHaveLength(1);
      expect(await house.alertsOf('INC-1')).toHaveLength(1);
      expect(await house.handler.incident('INC-1')).toMatchObject({ source: { kind: 'alert', via }, drill: false });
    });

    test('opens one when delivered many times at once, and tells each which', async () => {
      const post = open();
      const answers = await Promise.all(Array.from({ length: 12 }, () => post(firing)));
      expect(answers.map(({ said }) => said.incident)).toEqual(Array.from({ length: 12 }, () => 'INC-1'));
      expect(await house.alertsOf('INC-1')).toHaveLength(1);
    });

    test('opens another for another trouble', async () => {
      const post = open();
      await post(firing);
      expect(await post(other)).toMatchObject({ said: { incident: 'INC-2' } });
    });

    test('has a recovery noted once, as evidence: it closes nothing', async () => {
      const post = open();
      for (const body of [firing, resolved, resolved]) await post(body);
      expect((await house.alertsOf('INC-1')).map((line) => line.split(' ').at(-1))).toEqual(['firing', 'resolved']);
      expect(await house.handler.incident('INC-1')).toMatchObject({ phase: 'open' });
    });

    test('has it noted when it fires again', async () => {
      const post = open();
      for (const body of [firing, resolved, again, again]) {
        expect(await post(body)).toMatchObject({ said: { incident: 'INC-1' } });
      }
      expect(await house.alertsOf('INC-1')).toHaveLength(3);
    });

    test('has it noted once when the very same fires again, however many copies come at once', async () => {
      const post = open();
      for (const body of [firing, resolved]) await post(body);
      await Promise.all(Array.from({ length: 12 }, () => post(firing)));
      expect(await house.alertsOf('INC-1')).toHaveLength(3);
      expect((await house.alertsOf('INC-1')).at(-1)).toMatch(/ firing$/);
    });

    test('asks during the watch whether the very same that fires again is a recurrence', async () => {
      const post = open();
      for (const body of [firing, resolved]) await post(body);
      await house.command('INC-1', 'mitigated');
      await post(firing);
      expect(await house.handler.incident('INC-1')).toMatchObject({
        phase: 'watching',
        watch: { suspicion: { name: expect.any(String) } },
      });
    });

    test('opens nothing by a recovery of what never fired here', async () => {
      const post = open();
      expect(await post(resolved)).toMatchObject({ status: 202, said: { incident: null } });
      expect(await house.handler.list({})).toEqual([]);
    });

    test('opens a new incident after the old was closed, which notes what is late', async () => {
      const post = open();
      await post(firing);
      await house.close('INC-1');
      expect(await post(resolved)).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
      expect(await post(again)).toMatchObject({ status: 200, said: { incident: 'INC-2' } });
      expect(await house.handler.incident('INC-2')).toMatchObject({ resembles: 'INC-1' });
    });

    test('is asked again for what could not be kept, and that is then kept once', async () => {
      const post = open();
      house.broken = true;
      const refused = await post(firing);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      house.broken = false;
      expect(await post(firing)).toMatchObject({ status: 200 });
      expect(await house.alertsOf('INC-1')).toHaveLength(1);
    });

    const noJson: [string, string, number, RegExp][] = [
      ['half of it', firing.slice(0, -9), 400, /The body is not JSON: /],
      ['a word', '"down"', 400, /the body: /],
    ];

    test.each<[string, string, number, RegExp]>([
      ...(source.takesText ? [] : noJson),
      ['nothing', '', 400, /^This is not what .* sends\. /],
      ['something else', source.nonsense, 400, /^This is not what .* sends\. /],
      ['too much', JSON.stringify({ title: 'x', fill: 'x'.repeat(1024 * 1024) }), 413, /at most 1024 KiB/],
    ])('is answered in plain words when it sends %s, and the operator told', async (_what, body, status, said) => {
      const post = open();
      const answer = await post(body);
      expect(answer.status).toBe(status);
      expect(answer.said.error).toMatch(said);
      expect(house.lines.map(({ message }) => message)).toContainEqual(expect.stringMatching(/could not be read/));
      expect(await house.handler.list({})).toEqual([]);
    });

    test('is heard though its template puts line breaks into a text as they are', async () => {
      const post = open();
      const broken = firing.replace(/(5xx on|503) /, '$1\n\t');
      expect(() => JSON.parse(broken)).toThrow();
      expect((await post(broken)).said).toEqual({ incident: 'INC-1' });
    });

    test('is heard whatever it calls the type of its body', async () => {
      const post = open();
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        expect(await post(firing, 'local', { 'content-type': type })).toMatchObject({ status: 200 });
      }
    });

    test('takes its service where the house knows it, and says where it does not', async () => {
      const post = open();
      expect((await post(firing)).said).toEqual({ incident: 'INC-1' });
      expect(await house.handler.incident('INC-1')).toMatchObject({
        service: 'payments',
        severity: { severity: 'SEV-1' },
      });
      await house.end();
      const elsewhere = open();
      const { said } = await elsewhere(firing.replaceAll('"payments"', '"unheard-of"'));
      const doubts = [expect.stringContaining('The service "unheard-of" is not in services')];
      expect(said.doubts).toEqual(doubts);
      expect(await house.handler.incident('INC-1')).not.toHaveProperty('service');
      expect(house.lines).toContainEqual(
        expect.objectContaining({ facts: { source: via, incident: 'INC-1', doubts } }),
      );
    });

    describe('with secrets', () => {
      const basic = (password: string) => `Basic ${Buffer.from(`baton:${password}`).toString('base64')}`;

      test.each<[string, string, Record<string, string>]>([
        ['in the address', 'first-one', {}],
        ['in the address, the second of two', 'second-one', {}],
        ['as a bearer token', '', { authorization: 'Bearer first-one' }],
        ['under a scheme of its own', '', { authorization: 'Token second-one' }],
        ['as a basic password', '', { authorization: basic('second-one') }],
      ])('is let in with one %s', async (_how, secret, headers) => {
        const post = open('first-one, second-one');
        expect(await post(firing, secret, headers)).toMatchObject({ status: 200 });
      });

      test.each<[string, string, Record<string, string>]>([
        ['none', '', {}],
        ['the name for none', 'local', {}],
        ['another', 'first-on', {}],
        ['another as a bearer token', '', { authorization: 'Bearer x' }],
        ['it as a user name', '', { authorization: `Basic ${btoa('first-one:x')}` }],
      ])('is turned away unread with %s, and no log has it', async (_what, secret, headers) => {
        const post = open('first-one');
        const answer = await post('{', secret, headers);
        expect(answer.status).toBe(401);
        expect(answer.said.error).toContain('The secret is wrong or missing');
        expect(JSON.stringify(house.lines)).not.toContain('first-on');
      });
    });

    describe('without a secret', () => {
      test('is heard from this machine only, and the operator is told where', async () => {
        open();
        expect(house.lines.map(({ facts }) => facts)).toContainEqual({ source: via, address: `/hooks/${path}/local` });
      });

      test.each<[string, string, Record<string, string>]>([
        ['at another address', 'guess', {}],
        ['through a proxy', 'local', { 'x-forwarded-for': '203.0.113.7' }],
      ])('is turned away %s', async (_what, secret, headers) => {
        const post = open();
        expect(await post(firing, secret, headers)).toMatchObject({ status: 403 });
        expect(await house.handler.list({})).toEqual([]);
      });
    });

    test('delivers, and is not fetched', async () => {
      open();
      const response = await house.fetch(`/hooks/${path}/local`);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
    });
  });
}

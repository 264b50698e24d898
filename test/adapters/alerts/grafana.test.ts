// What Grafana's contact points send, as its documentation has it (test/fixtures/grafana), is read as it was meant.
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readGrafana } from '../../../src/adapters/alerts/grafana.ts';
import type { Report } from '../../../src/adapters/alerts/report.ts';
import { AlertHouse, recorded as fixture } from '../../support/alert-house.ts';

type Payload = Record<string, unknown> & { alerts: (Record<string, unknown> & { labels: object })[] };

const recorded = (name: string): Payload => JSON.parse(fixture(`grafana/${name}`));

function read(payload: unknown): Report {
  const report = readGrafana(payload, { serviceLabel: 'service', severityLabel: 'severity' });
  if ('malformed' in report) throw new Error(report.malformed);
  return report;
}

describe('a delivery', () => {
  test('of one alert leads to its panel, and has its numbers', () => {
    expect(read(recorded('firing'))).toEqual({
      key: expect.stringMatching(/^grafana:[\w-]{32}$/),
      title: 'Payments fail for one in five customers',
      service: 'payments',
      severities: ['critical'],
      leftOut: 0,
      doubts: [],
      alerts: [
        {
          fingerprint: 'c6eadffa33fcdf37',
          name: 'High error rate',
          status: 'firing',
          startedAt: Date.parse('2026-11-23T18:25:40Z'),
          link: expect.stringContaining('viewPanel=4'),
          text: expect.stringMatching(
            /^Payments fail for one in five customers\n5xx .*\nB = 0.2231, C = 1\nhttps:\/\/runbooks.*\n.*a1\.png\n.*silence/,
          ),
        },
      ],
    });
  });

  test('without dashboards leads to the rule', () => {
    const [alert] = recorded('firing').alerts;
    const bare = { ...recorded('firing'), alerts: [{ ...alert, panelURL: '', dashboardURL: '' }] };
    expect(read(bare).alerts[0]?.link).toContain('/alerting/grafana/c6x1f2/view');
  });

  test('of a group that changes keeps its key, and has no end in year 1', () => {
    const reports = ['firing', 'second-alert', 'partly-resolved', 'resolved'].map((name) => read(recorded(name)));
    expect(new Set(reports.map(({ key }) => key)).size).toBe(1);
    expect(reports.map(({ alerts }) => alerts.map(({ status }) => status))).toEqual([
      ['firing'],
      ['firing', 'firing'],
      ['resolved', 'firing'],
      ['resolved', 'resolved'],
    ]);
    const ends = reports.flatMap(({ alerts }) => alerts.map(({ endedAt }) => endedAt !== undefined));
    expect(ends).toEqual([false, false, false, true, false, true, true]);
  });

  test('of another organisation, or another Grafana, is another trouble', () => {
    const key = (change: object) => read({ ...recorded('firing'), ...change }).key;
    expect(new Set([key({}), key({ orgId: 2 }), key({ externalURL: 'https://staging.example.com/' })]).size).toBe(3);
  });

  test('says how many alerts were left out', () => {
    expect(read(recorded('truncated')).leftOut).toBe(3);
  });

  test('has the title of a template where the house has one', () => {
    expect(read({ ...recorded('firing'), title: 'Shop: payments' }).title).toBe('Shop: payments');
  });

  test.each([{ values: null }, { annotations: null }, { panelURL: null }, { imageURL: undefined }])(
    'with %j is whole all the same',
    (change) => {
      const [alert] = recorded('firing').alerts;
      expect(read({ ...recorded('firing'), alerts: [{ ...alert, ...change }] }).alerts).toHaveLength(1);
    },
  );
});

describe('a rule that cannot be evaluated', () => {
  test.each([
    ['no-data', 'DatasourceNoData: High error rate'],
    ['datasource-error', 'DatasourceError: High error rate'],
  ])('says so (%s) instead of claiming what it would find', (name, said) => {
    const report = read(recorded(name));
    expect(report.title).toBe(`${said} (Shop)`);
    expect(report.alerts).toMatchObject([{ name: said }]);
    expect(report.service).toBe('payments');
  });

  test('has what went wrong', () => {
    expect(read(recorded('datasource-error')).alerts[0]?.text).toContain('connection refused');
  });
});

test('a rule whose series vanished is not said to have recovered', () => {
  expect(read(recorded('series-gone')).alerts).toMatchObject([
    { name: 'High error rate (MissingSeries)', status: 'resolved' },
  ]);
});

describe('over HTTP', () => {
  let house: AlertHouse;
  afterEach(() => house.end());

  test.each(['test', 'test-custom'])(
    '%s of a contact point opens a drill that says so and pages nobody',
    async (name) => {
      house = new AlertHouse('{severities: {critical: SEV-1}}');
      const body = fixture(`grafana/${name}`);
      for (const sent of [body, body.replace(/-\d{10}"/, '-1795459999"')]) {
        expect(await house.post('grafana/local', sent)).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
      }
      const incident = await house.handler.incident('INC-1');
      expect(incident).toMatchObject({ drill: true, severity: { severity: 'SEV-3' }, seats: {} });
      expect(await house.told('INC-1', 'incident-declared')).toEqual([
        expect.stringContaining('Somebody is testing the connection: nothing is wrong'),
      ]);
    },
  );

  test('a test goes to no real incident, nor a real alert to a test', async () => {
    house = new AlertHouse();
    await house.post('grafana/local', fixture('grafana/test'));
    expect(await house.post('grafana/local', fixture('grafana/firing'))).toMatchObject({ said: { incident: 'INC-2' } });
    expect(await house.handler.incident('INC-2')).toMatchObject({ drill: false });
  });

  test('a body of the house’s own is taken by its title, and what was not understood is said', async () => {
    house = new AlertHouse();
    const body = fixture('grafana/custom-payload');
    const { said } = await house.post('grafana/local', body);
    expect(said).toEqual({ incident: 'INC-1', doubts: [expect.stringMatching(/not Grafana's own body .*alerts: /)] });
    expect(await house.post('grafana/local', body.replace('"firing"', '"ok"'))).toMatchObject({ status: 200 });
    expect(await house.alertsOf('INC-1')).toEqual([
      'Payments fail for one in five customers firing',
      'Payments fail for one in five customers resolved',
    ]);
  });

  describe('signed', () => {
    const body = fixture('grafana/firing');
    const sign = (what: string, secret = 'second-one') => createHmac('sha256', secret).update(what).digest('hex');
    const second = (ago = 0) => String(Math.floor(Date.now() / 1000) - ago);

    async function send(headers: Record<string, string>, sent = body, hooks = '') {
      house = new AlertHouse(`{grafana: {secret: [first-one, second-one]${hooks}}}`);
      return house.post('grafana', sent, headers);
    }

    test('a body is let in, by any of the secrets', async () => {
      expect(await send({ 'x-grafana-alerting-signature': sign(body) })).toMatchObject({ status: 200 });
    });

    test('with its time, where the contact point has a header for it', async () => {
      const at = second();
      const headers = { 'x-sig': sign(`${at}:${body}`), 'x-time': at };
      const hooks = ', signatureHeader: X-Sig, timestampHeader: X-Time';
      expect(await send(headers, body, hooks)).toMatchObject({ status: 200 });
    });

    test.each<[string, Record<string, string>, string, RegExp]>([
      ['by somebody else', { 'x-grafana-alerting-signature': sign(body, 'guess') }, '', /The signature does not fit/],
      ['in a word', { 'x-grafana-alerting-signature': 'x' }, '', /The signature does not fit/],
      ['for another body', { 'x-grafana-alerting-signature': sign(`${body} `) }, '', /The signature does not fit/],
      ['with a time that is not looked at', timed(0), '', /name it in hooks\.grafana\.timestampHeader/],
      ['without its time', { 'x-grafana-alerting-signature': sign(body) }, ', timestampHeader: X-Time', /X-Time/],
      ['long ago', timed(301), ', timestampHeader: X-Time', /more than five minutes from ours/],
      ['by a clock that is ahead', timed(-330), ', timestampHeader: X-Time', /more than five minutes from ours/],
      ['not at all', {}, '', /The secret is wrong or missing/],
    ])('%s it is turned away', async (_how, headers, hooks, said) => {
      const answer = await send(headers, body, hooks);
      expect(answer.status).toBe(401);
      expect(answer.said.error).toMatch(said);
      expect(await house.handler.list({})).toEqual([]);
      expect(house.lines.at(-1)?.message).toBe('an alert was turned away');
    });

    function timed(ago: number) {
      const at = second(ago);
      return { 'x-grafana-alerting-signature': sign(`${at}:${body}`), 'x-time': at };
    }

    test('what is too large is not read to the end for it', async () => {
      const large = JSON.stringify({ fill: 'x'.repeat(1024 * 1024) });
      expect(await send({ 'x-grafana-alerting-signature': sign(large) }, large)).toMatchObject({ status: 413 });
    });
  });
});

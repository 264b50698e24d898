// What a real Alertmanager sent (test/fixtures/alertmanager, recorded from version 0.25) is read as it was meant.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readAlertmanager } from '../../../src/adapters/alerts/alertmanager.ts';
import type { Report } from '../../../src/adapters/alerts/report.ts';
import { LONGEST_TEXT, LONGEST_TITLE } from '../../../src/core/contract.ts';

type Payload = Record<string, unknown> & { alerts: (Record<string, unknown> & { annotations: object })[] };

const recorded = (name: string): Payload =>
  JSON.parse(readFileSync(new URL(`../../fixtures/alertmanager/${name}.json`, import.meta.url), 'utf8'));

function read(payload: unknown, serviceLabel = 'service'): Report {
  const report = readAlertmanager(payload, { serviceLabel, severityLabel: 'severity' });
  if ('malformed' in report) throw new Error(report.malformed);
  return report;
}

function complaint(payload: unknown): string {
  const report = readAlertmanager(payload, { serviceLabel: 'service', severityLabel: 'severity' });
  return 'malformed' in report ? report.malformed : '';
}

describe('a recorded delivery', () => {
  test('of one alert that fires', () => {
    const payload = recorded('firing');
    const report = read(payload);
    expect(report).toEqual({
      key: expect.stringMatching(/^alertmanager:[\w-]{32}$/),
      title: 'Payments fail for one in five customers',
      service: 'payments',
      severities: ['critical'],
      leftOut: 0,
      doubts: [],
      alerts: [
        {
          fingerprint: '6f60fa665600ac8b',
          name: 'HighErrorRate',
          status: 'firing',
          startedAt: Date.parse(String(payload.alerts[0]?.startsAt)),
          link: 'http://prometheus.example.com/graph?g0.expr=rate',
          text: 'Payments fail for one in five customers\n5xx on /charge above 20% for 5 minutes',
        },
      ],
    });
  });

  test('of a group that grew has the key of the group, and each alert', () => {
    const report = read(recorded('second-alert'));
    expect(report.key).toBe(read(recorded('firing')).key);
    expect(report.alerts.map(({ status }) => status)).toEqual(['firing', 'firing']);
    // It came without a generator's address: what is left is Alertmanager itself.
    expect(report.alerts[1]?.link).toBe('http://alertmanager.example.com');
  });

  test('says how many alerts were left out', () => {
    expect(read(recorded('truncated')).leftOut).toBe(1);
  });

  test('has an end for what recovered and none for what still fires', () => {
    const payload = recorded('partly-resolved');
    const [firing, resolved] = read(payload).alerts;
    expect(firing).toMatchObject({ status: 'firing' });
    expect(firing).not.toHaveProperty('endedAt');
    expect(resolved).toMatchObject({ status: 'resolved', endedAt: Date.parse(String(payload.alerts[1]?.endsAt)) });
  });

  test('of a group that recovered has the key that it fired under', () => {
    const report = read(recorded('resolved'));
    expect(report.key).toBe(read(recorded('firing')).key);
    expect(report.alerts.map(({ status }) => status)).toEqual(['resolved']);
  });

  test('without annotations and service is named after its alert', () => {
    const report = read(recorded('bare'));
    expect(report).toMatchObject({
      title: 'DiskFull',
      alerts: [{ name: 'DiskFull', fingerprint: 'fd807b82f98f9135' }],
    });
    expect(report).not.toHaveProperty('service');
    expect(report.alerts[0]).not.toHaveProperty('text');
    expect(report.key).not.toBe(read(recorded('firing')).key);
  });
});

describe('the title', () => {
  const titled = (change: object) => read({ ...recorded('second-alert'), ...change }).title;

  test('without a shared summary says which alerts fire, and for what', () => {
    expect(titled({ commonAnnotations: {} })).toBe('HighErrorRate (payments)');
  });

  test('names every alert of a mixed group once', () => {
    const { alerts } = recorded('second-alert');
    const named = (alertname: string, index: number) => ({ ...alerts[index], labels: { alertname } });
    const mixed = [named('Slow', 0), named('Down', 1), named('Slow', 0)];
    expect(titled({ alerts: mixed, commonAnnotations: {}, groupLabels: {} })).toBe('Slow, Down');
  });

  test('is one line of the longest length, and cuts no letter in two', () => {
    const title = titled({ commonAnnotations: { summary: `  two\n lines ${'🔥'.repeat(500)}` } });
    expect([...title]).toHaveLength(LONGEST_TITLE);
    expect(title).toMatch(/^two lines 🔥+…$/u);
    expect(title.isWellFormed()).toBe(true);
  });

  test('is never empty', () => {
    const [alert] = recorded('bare').alerts;
    const nameless = [{ ...alert, labels: {} }];
    const nothing = { commonAnnotations: { summary: '\u0007 \n' }, groupLabels: {}, alerts: nameless };
    expect(titled(nothing)).toBe('fd807b82f98f9135');
  });
});

describe('an alert', () => {
  const alertWith = (change: object) => {
    const payload = recorded('firing');
    return read({ ...payload, alerts: [{ ...payload.alerts[0], ...change }] }).alerts[0];
  };

  test('keeps no more text than is kept', () => {
    const text = alertWith({ annotations: { description: 'x'.repeat(LONGEST_TEXT * 2) } })?.text ?? '';
    expect([...text]).toHaveLength(LONGEST_TEXT);
  });

  test.each(['javascript:alert(1)', '/graph', `http://x.example.com/${'x'.repeat(LONGEST_TEXT)}`])(
    'is not linked to %.30s',
    (generatorURL) => {
      expect(alertWith({ generatorURL })?.link).toBe('http://alertmanager.example.com');
    },
  );

  test('that recovered at no known time has no end', () => {
    expect(alertWith({ status: 'resolved', endsAt: '0001-01-01T00:00:00Z' })).not.toHaveProperty('endedAt');
    expect(alertWith({ status: 'resolved', endsAt: undefined })).not.toHaveProperty('endedAt');
  });

  test('has its times whatever zone they are written in', () => {
    const startedAt = Date.parse('2026-01-02T03:04:05.678Z');
    expect(alertWith({ startsAt: '2026-01-02T04:04:05.678901234+01:00' })?.startedAt).toBe(startedAt);
  });
});

test('the service comes from the label that is configured, from whichever alert has it', () => {
  const payload = recorded('second-alert');
  expect(read(payload, 'instance').service).toBe('web-1');
  expect(read(payload, 'team')).not.toHaveProperty('service');
});

describe('what Alertmanager does not send is refused with the part that is wrong', () => {
  const firing = recorded('firing');
  const [alert] = firing.alerts;

  test.each<[string, unknown, string]>([
    ['nothing', null, 'the body: '],
    ['a list', [], 'the body: '],
    ['another version', { ...firing, version: '3' }, 'version: '],
    ['no group', { ...firing, groupKey: undefined }, 'groupKey: '],
    ['no alerts', { ...firing, alerts: undefined }, 'alerts: '],
    ['an empty list of alerts', { ...firing, alerts: [] }, 'alerts: '],
    ['an unknown status', { ...firing, alerts: [{ ...alert, status: 'quiet' }] }, 'alerts[0].status: '],
    ['no fingerprint', { ...firing, alerts: [alert, { ...alert, fingerprint: '' }] }, 'alerts[1].fingerprint: '],
    ['a label that is a number', { ...firing, alerts: [{ ...alert, labels: { a: 1 } }] }, 'alerts[0].labels.a: '],
    ['no time', { ...firing, alerts: [{ ...alert, startsAt: 'noon' }] }, 'alerts[0].startsAt: is no time'],
    ['half an alert left out', { ...firing, truncatedAlerts: 0.5 }, 'truncatedAlerts: '],
  ])('%s', (_what, payload, said) => {
    expect(complaint(payload)).toContain(said);
  });

  test('several parts are named at once', () => {
    expect(complaint({ ...firing, version: '3', groupKey: 7 }).split('; ')).toHaveLength(2);
  });

  test('what a newer version adds is no mistake', () => {
    expect(complaint({ ...firing, notificationReason: 'repeat', alerts: [{ ...alert, mood: 'grim' }] })).toBe('');
  });
});

// Every source of alerts keeps the same promises, over HTTP and through the real core and store.
import { afterEach, describe, expect, test } from '@jest/globals';
import { alertSourceContract } from '../../contracts/alert-source.ts';
import { AlertHouse, recorded } from '../../support/alert-house.ts';

const guarded = (secrets: string) => (secrets === '' ? '' : `secret: [${secrets}]`);

alertSourceContract({
  path: 'alertmanager',
  via: 'alertmanager',
  hooks: (secrets) => `{severities: {critical: SEV-1}, alertmanager: {${guarded(secrets)}}}`,
  firing: recorded('alertmanager/firing'),
  resolved: recorded('alertmanager/resolved'),
  again: recorded('alertmanager/firing').replace(/"startsAt":\s*"[^"]+"/, '"startsAt":"2026-11-24T01:00:00Z"'),
  other: recorded('alertmanager/bare'),
  nonsense: '{"version":"4","groupKey":"g"}',
});

alertSourceContract({
  path: 'grafana',
  via: 'grafana',
  hooks: (secrets) => `{severities: {Critical: SEV-1}, grafana: {${guarded(secrets)}}}`,
  firing: recorded('grafana/firing'),
  resolved: recorded('grafana/resolved-alone'),
  again: recorded('grafana/again'),
  other: recorded('grafana/no-data'),
  nonsense: '{"alerts":[]}',
  takesText: true,
});

alertSourceContract({
  path: 'json',
  via: 'json',
  hooks: (secrets) => `{json: {${guarded(secrets)}}}`,
  firing: recorded('json/firing'),
  resolved: recorded('json/resolved'),
  again: recorded('json/firing'),
  other: recorded('json/bare'),
  nonsense: '[]',
  takesText: true,
});

alertSourceContract({
  path: 'json/uptime',
  via: 'uptime',
  hooks: (secrets) =>
    `{severities: {DOWN: SEV-1}, json: {sources: {uptime: {${guarded(secrets) && `${guarded(secrets)}, `}fields: {title: monitor.name, key: event.id, severity: event.state, service: monitor.tags.0, status: event.state, text: detail.reason, links: [detail.report.url, monitor.url]}, resolved: [up]}}}}`,
  firing: recorded('json/uptime-down'),
  resolved: recorded('json/uptime-up'),
  again: recorded('json/uptime-down'),
  other: recorded('json/uptime-other'),
  nonsense: '{"monitor":{},"event":[]}',
  takesText: true,
});

describe('all sources together', () => {
  let house: AlertHouse;
  afterEach(() => house.end());

  test('the address of no source is said to be that, and the operator told which there are', async () => {
    house = new AlertHouse('{json: {sources: {uptime: {fields: {title: name}}}}}');
    const answer = await house.post('json/uptme/some-secret', '{}');
    expect(answer.status).toBe(404);
    expect(answer.said.error).toContain('No alert source has this address');
    const known = ['alertmanager', 'grafana', 'json/uptime', 'json'];
    expect(house.lines.at(-1)?.facts).toMatchObject({ source: 'json', known });
    expect(JSON.stringify(house.lines)).not.toContain('some-secret');
  });

  test('what a source sends in one trouble does not go to the incident of another source', async () => {
    house = new AlertHouse('{json: {sources: {uptime: {fields: {title: title}}}}}');
    for (const path of ['json/local', 'json/uptime/local']) await house.post(path, '{"title":"The shop is down"}');
    expect(await house.handler.list({})).toHaveLength(2);
  });

  test('a flood of troubles is one incident each, none of them doubled', async () => {
    house = new AlertHouse();
    const bodies = Array.from({ length: 60 }, (_, n) => JSON.stringify({ title: `Host ${n % 20} is down` }));
    const answers = await Promise.all(bodies.map((body) => house.post('json/local', body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await house.handler.list({})).toHaveLength(20);
  });
});

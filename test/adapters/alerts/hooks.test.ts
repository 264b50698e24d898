// Groups of alerts come in over HTTP, through the real core and store: one incident per group, each change once.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AlertHouse, recorded as fixture } from '../../support/alert-house.ts';

const recorded = (name: string) => fixture(`alertmanager/${name}`);

let house: AlertHouse;
beforeEach(() => {
  house = new AlertHouse('{severities: {critical: SEV-1}}');
});
afterEach(() => house.end());

const post = (body: string) => house.post('alertmanager/local', body);

describe('a group of alerts', () => {
  test('is one incident, however often it is delivered', async () => {
    expect(await post(recorded('firing'))).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    for (const name of ['firing', 'second-alert', 'second-alert', 'truncated', 'firing']) {
      expect(await post(recorded(name))).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    }
    expect(await house.handler.list({})).toHaveLength(1);
    expect(await house.alertsOf('INC-1')).toEqual(['HighErrorRate firing', 'HighErrorRate firing']);
    expect(await house.handler.incident('INC-1')).toMatchObject({
      title: 'Payments fail for one in five customers',
      service: 'payments',
      source: { kind: 'alert', via: 'alertmanager' },
      phase: 'open',
    });
  });

  test('that recovers is evidence, and closes nothing', async () => {
    for (const name of ['second-alert', 'partly-resolved', 'resolved', 'resolved']) await post(recorded(name));
    expect(await house.alertsOf('INC-1')).toEqual([
      'HighErrorRate firing',
      'HighErrorRate firing',
      'HighErrorRate resolved',
      'HighErrorRate resolved',
    ]);
    expect(await house.handler.incident('INC-1')).toMatchObject({ phase: 'open' });
    const ends = (await house.handler.events('INC-1')).flatMap((event) =>
      event.type === 'alert-noted' && event.status === 'resolved' ? [event.endedAt] : [],
    );
    expect(ends).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test('is told to the room in one line that says how many', async () => {
    for (const name of ['second-alert', 'second-alert', 'resolved']) await post(recorded(name));
    const told = (await house.told('INC-1', 'alert-noted')).map((line) => line.split('\n')[0]);
    expect(told).toEqual([
      expect.stringMatching(/^Alert from alertmanager: HighErrorRate.* one more alert/),
      expect.stringMatching(/^Alert from alertmanager is over: HighErrorRate/),
    ]);
  });

  test('delivered many times at once ends in one incident with each alert once', async () => {
    const bodies = Array.from({ length: 12 }, (_, n) => recorded(n % 2 ? 'firing' : 'second-alert'));
    const answers = await Promise.all(bodies.map((body) => post(body)));
    expect(answers.map(({ status, said }) => [status, said])).toEqual(bodies.map(() => [200, { incident: 'INC-1' }]));
    expect(await house.handler.list({})).toHaveLength(1);
    expect(await house.alertsOf('INC-1')).toEqual(['HighErrorRate firing', 'HighErrorRate firing']);
  });

  test('that fires again is noted again', async () => {
    await post(recorded('firing'));
    await post(recorded('resolved'));
    const again = recorded('firing').replace(/"startsAt":\s*"[^"]+"/, '"startsAt":"2026-11-24T01:00:00Z"');
    expect(await post(again)).toMatchObject({ said: { incident: 'INC-1' } });
    expect(await house.alertsOf('INC-1')).toHaveLength(3);
  });

  test('that fires again is not taken for over by a late copy of its last recovery', async () => {
    for (const name of ['firing', 'resolved', 'firing', 'resolved']) await post(recorded(name));
    expect((await house.alertsOf('INC-1')).at(-1)).toBe('HighErrorRate firing');
    const over = recorded('resolved').replace(/"endsAt":\s*"20[^"]+"/, '"endsAt":"2026-11-24T02:00:00Z"');
    await post(over);
    expect((await house.alertsOf('INC-1')).slice(2)).toEqual(['HighErrorRate firing', 'HighErrorRate resolved']);
  });

  test('beside another group is another incident', async () => {
    await post(recorded('firing'));
    expect(await post(recorded('bare'))).toMatchObject({ said: { incident: 'INC-2' } });
    expect(await house.handler.incident('INC-2')).toMatchObject({ title: 'DiskFull' });
  });

  test('that recovers without ever having fired here opens nothing', async () => {
    expect(await post(recorded('resolved'))).toMatchObject({ status: 202, said: { incident: null } });
    expect(await house.handler.list({})).toEqual([]);
  });
});

describe('after the incident was closed', () => {
  test('a group that fires is a new incident that remembers the old one', async () => {
    await post(recorded('firing'));
    expect(await house.close('INC-1')).toBe('closed');
    expect(await post(recorded('firing'))).toMatchObject({ status: 200, said: { incident: 'INC-2' } });
    expect(await house.handler.incident('INC-2')).toMatchObject({ resembles: 'INC-1' });
    expect(await house.alertsOf('INC-1')).toHaveLength(1);
  });

  test('a late recovery is still evidence of its record', async () => {
    await post(recorded('firing'));
    await house.close('INC-1');
    expect(await post(recorded('resolved'))).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    expect(await house.alertsOf('INC-1')).toEqual(['HighErrorRate firing', 'HighErrorRate resolved']);
    expect(await house.handler.list({})).toEqual([]);
  });
});

test('alerts of an incident that was merged go on to where it was merged', async () => {
  await post(recorded('firing'));
  await house.close('INC-1');
  expect(await post(recorded('firing'))).toMatchObject({ said: { incident: 'INC-2' } });
  expect(await house.command('INC-2', 'merge-into', { into: 'INC-1' })).toBe('closed');
  await house.handler.settled();
  expect(await post(recorded('second-alert'))).toMatchObject({ said: { incident: 'INC-1' } });
  expect(await house.handler.incident('INC-1')).toMatchObject({ phase: 'open' });
});

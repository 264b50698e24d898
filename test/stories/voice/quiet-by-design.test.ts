// The card is edited in place; somebody is mentioned only when they must act, and for one fact once in its interval.
import { expect, test } from '@jest/globals';
import { promptsOf } from '../../../src/core/prompts.ts';
import { commanded, done, lines, MINUTE, patient, pinged, running, underWay } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

test('[VOICE] who has nothing to do is never mentioned, in two hours of a busy incident', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '15m' });
  const id = running(room, 'cat');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Count' });
  room.fastForward('30m');
  room.does('cat', 'finish', { activity: id });
  room.fastForward('90m');
  expect(room.pings.filter(({ to }) => to.includes('dan') || to.includes('eve'))).toEqual([]);
  expect(room.pings.length).toBeGreaterThan(5);
});

test('[VOICE] whoever is mentioned has a line to act on at that moment, or commands', () => {
  const room = commanded();
  const seen = new Set(room.pings.keys());
  const check = () => {
    for (const [n, { to, at }] of room.pings.entries()) {
      if (seen.has(n)) continue;
      seen.add(n);
      expect(at).toBe(room.now);
      for (const person of to) {
        const own = promptsOf(room.incident, room.world).filter((prompt) => prompt.to === person);
        expect(own).not.toEqual([]);
      }
    }
  };
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  for (let n = 0; n < 180; n += 1) {
    check();
    room.fastForward('20s');
  }
  room.does('ann', 'hand-over', { to: 'cat' });
  check();
  expect(seen.size).toBeGreaterThan(8);
});

test('[VOICE] nobody is mentioned for what they do themselves', () => {
  const room = commanded();
  const before = room.pings.length;
  done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'worse' });
  room.does('ann', 'hold-round');
  room.does('ann', 'relieve', { person: 'eve' });
  expect(room.pings.slice(before).filter(({ to }) => to.includes('ann'))).toEqual([]);
});

test('[VOICE] one fact, one mention in its interval: acknowledging, overdue, lulls, rounds, shifts', () => {
  const room = commanded('SEV-1', {
    settings: { ...patient(), fatigue: { ...patient().fatigue, hours: 1e9, night: 1e9 } },
  });
  underWay(room, 'bob', 'Read the logs', { due: '7m' });
  room.does('ann', 'delegate', { owner: 'cat', what: 'Count' });
  done(room, 'dan');
  room.fastForward('3h');
  const last = new Map<string, number>();
  const intervals: readonly (readonly [string, number])[] = [
    ['report:', 5 * MINUTE],
    ['acknowledge:', MINUTE],
    ['lull', 5 * MINUTE],
    ['shift', 10 * MINUTE],
    ['', 10_000 * MINUTE],
  ];
  for (const { fact, to, at } of room.pings) {
    const interval = intervals.find(([start]) => fact.startsWith(start))?.[1] ?? 0;
    const key = `${to} ${fact}`;
    expect(at - (last.get(key) ?? -interval)).toBeGreaterThanOrEqual(interval);
    last.set(key, at);
  }
});

test('[VOICE] a line that comes or goes is seen on the card, not announced', () => {
  const room = commanded();
  room.fastForward('1h');
  const told = room.effects.flatMap((effect) => (effect.type === 'announce' ? [effect.event.type] : []));
  for (const type of ['prompts-changed', 'prompt-snoozed', 'snooze-ended', 'prompt-dismissed', 'lull-began']) {
    expect(told).not.toContain(type);
  }
});

test('[VOICE] an announcement mentions nobody: only pings and pages do', () => {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.joins('ann', 'cat');
  room.does('ann', 'take-command');
  underWay(room, 'cat');
  room.fastForward('1h');
  const kinds = new Set(room.effects.filter((effect) => 'to' in effect || 'person' in effect).map(({ type }) => type));
  expect([...kinds].sort()).toEqual(['page', 'ping']);
});

test('[VOICE] before anybody is on the call nothing is asked but to come', () => {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.does('ann', 'take-command');
  expect(lines(room)).toContain('join-the-call');
  room.fastForward('2m');
  expect(lines(room).filter((line) => /^(lull|impact|round)/.test(line))).toEqual([]);
  expect(pinged(room, 'lull')).toEqual([]);
});

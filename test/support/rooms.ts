/** Rooms at every stage of an incident, and one that is fuller than any should be. */
import { KINDS } from '../../src/core/events.ts';
import { Room, SETTINGS, TUESDAY_NIGHT } from './room.ts';

/** Markup of every kind that a surface or the words might fall for. */
export const MARKUP =
  '**bold** [link](javascript:alert(1)) <b onclick="x">b</b> `code` | pipe {{title}} $t(button.help) {{DATE(2020-01-01T00:00:00Z)}} # head @everyone &amp; \\';

/** A text as long as is let in, of letters that weigh three bytes each. */
export const LONG = '事故対応'.repeat(1_000);

const declared = (title?: string) => new Room(title, { settings: SETTINGS, declared: { service: 'payments' } });

function commanded(title?: string): Room {
  const room = declared(title).joins('ann', 'cat', 'dan');
  room.does('ann', 'take-command');
  return room;
}

function assessed(title?: string): Room {
  const room = commanded(title);
  room.does('ann', 'assess-impact', {
    sees: 'Nobody can pay',
    reproduced: 'yes',
    frequency: 'every-time',
    retries: 'unknown',
    scope: 'subset',
    which: 'Customers in Norway',
  });
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  return room;
}

function working(title?: string): Room {
  const room = assessed(title);
  room.does('ann', 'delegate', { owner: 'dan', what: 'Read the database logs', due: '10m' });
  room.does('dan', 'acknowledge');
  room.does('ann', 'delegate', { owner: 'cat', what: 'Draft words for customers', kind: 'customers' });
  return room;
}

function mitigating(title?: string): Room {
  const room = working(title);
  room.does('cat', 'acknowledge');
  room.does('bob', 'propose-mitigation', { what: 'Roll back 4.2', owner: 'dan' });
  room.does('bob', 'propose-mitigation', { what: 'Restart the workers' });
  room.does('ann', 'start-mitigation', { activity: 3 });
  return room;
}

function observing(title?: string): Room {
  const room = mitigating(title);
  room.does('dan', 'finish', { activity: 3, result: 'Rolled back' });
  return room;
}

function watching(title?: string): Room {
  const room = observing(title);
  room.fastForward('4m');
  room.does('ann', 'judge-mitigation', { activity: 3, verdict: 'fixed' });
  room.does('ann', 'mitigated', { mitigation: 3, stays: ['dan'] });
  return room;
}

/** One room per stage, by what has just happened. */
export const STAGES: Readonly<Record<string, () => Room>> = {
  declared: () => declared(),
  'nobody came': () => {
    const room = declared();
    room.fastForward('20m');
    return room;
  },
  gathering: () => declared().joins('dan'),
  'no commander': () => {
    const room = declared().joins('dan');
    room.fastForward('4m');
    return room;
  },
  commanded: () => commanded(),
  assessed: () => assessed(),
  working: () => working(),
  mitigating: () => mitigating(),
  observing: () => observing(),
  'made worse': () => {
    const room = observing();
    room.fastForward('4m');
    room.does('ann', 'judge-mitigation', { activity: 3, verdict: 'worse' });
    return room;
  },
  'a round is due': () => {
    const room = mitigating();
    room.fastForward('25m');
    return room;
  },
  'a message is drafted': () => {
    const room = mitigating();
    room.does('cat', 'draft-message', { text: 'We are working on it.' });
    room.does('dan', 'park', { topic: 'Why is the alert so late?' });
    room.does('dan', 'focus');
    return room;
  },
  'a message is confirmed': () => {
    const room = mitigating();
    room.does('cat', 'draft-message', { text: 'We are working on it.' });
    room.does('ann', 'confirm-message', { message: 1 });
    return room;
  },
  waiting: () => {
    const room = mitigating();
    room.does('dan', 'acknowledge', { activity: 3 });
    room.does('dan', 'wait-for', { activity: 1, person: 'cat' });
    room.does('dan', 'wait-for', { activity: 3, person: 'cat' });
    room.does('cat', 'wait-for', { activity: 2, other: 1 });
    return room;
  },
  'command is offered': () => {
    const room = mitigating();
    room.does('ann', 'hand-over', { to: 'bob' });
    return room;
  },
  'the shift is over': () => {
    const room = mitigating();
    for (let hour = 0; hour < 9; hour += 1) {
      room.fastForward('30m');
      if (room.incident.command.commander === 'ann') room.does('ann', 'confirm-command');
    }
    return room;
  },
  'standing down': () => {
    const room = new Room('Reports are late', { settings: SETTINGS, at: TUESDAY_NIGHT }).joins('ann', 'dan');
    room.does('ann', 'take-command');
    room.does('ann', 'stand-down', { until: '8h' });
    return room;
  },
  watching: () => watching(),
  'watch passed': () => {
    const room = watching();
    room.fastForward('20m');
    return room;
  },
  recurred: () => {
    const room = watching();
    room.does('dan', 'recurred', { what: 'Payments fail again' });
    return room;
  },
  closed: () => {
    const room = watching();
    room.does('dan', 'note', { text: 'The rollback took two minutes.' });
    room.does('dan', 'keep-evidence', { text: 'ERROR ```timeout```', kind: 'log' });
    room.does('dan', 'keep-evidence', { text: 'Dashboard', kind: 'link', link: 'https://example.com/d?a=1|2' });
    room.fastForward('20m');
    room.does('ann', 'close');
    room.does('dan', 'correct', { event: 2, text: 'That was Ben' });
    return room;
  },
  drill: () => new Room('Practice', { settings: SETTINGS, declared: { drill: true } }),
};

/** Everything at once, each text as long as it may be. */
export function fullRoom(text = LONG): Room {
  const people = Object.fromEntries(
    Array.from({ length: 120 }, (_, n) => [`p${n}`, { id: `p${n}`, name: `${text.slice(0, 40)} ${n}` }]),
  );
  const seats = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`seat-${n}`, { name: `${text.slice(0, 100)} ${n}`, chain: [`p${n}`] }]),
  );
  const services = { all: { name: text.slice(0, 100), seats: Object.keys(seats) } };
  const room = new Room(text.slice(0, 200), {
    settings: { ...SETTINGS, seats: { ...SETTINGS.seats, ...seats }, services },
    people: { ann: { id: 'ann', name: 'Ann Archer' }, ...people },
    declared: { service: 'all', customer: text.slice(0, 200) },
  });
  room.joins('ann', ...Object.keys(people).slice(0, 60));
  room.does('ann', 'take-command');
  room.does('ann', 'assess-impact', { sees: text, frequency: 'unknown', scope: 'subset', which: text });
  room.does('ann', 'restate-impact', { trend: 'worse', text });
  for (let n = 0; n < 40; n += 1) {
    const kind = KINDS.filter((one) => one !== 'mitigation')[n % 5];
    room.does('ann', 'delegate', { owner: `p${n}`, what: text, kind });
    if (n % 3 > 0) room.does(`p${n}`, 'acknowledge');
    if (n % 3 === 1) room.does(`p${n}`, 'wait-for', { thing: text.slice(0, 200) });
    if (n % 3 === 2) room.does(`p${n}`, 'report', { text });
  }
  for (let n = 0; n < 30; n += 1) room.does('p1', 'propose-mitigation', { what: text, owner: 'p50' });
  room.does('ann', 'start-mitigation', { activity: 41 });
  for (let n = 0; n < 12; n += 1) {
    room.does('p1', 'park', { topic: text });
    room.does('p1', 'note', { text });
    room.does('p1', 'keep-evidence', { text, kind: 'log' });
  }
  for (let n = 0; n < 5; n += 1) room.does('p4', 'draft-message', { text });
  room.does('p0', 'decline', { reason: text });
  room.does('ann', 'hand-over', { to: 'p60' });
  room.fastForward('25m');
  return room;
}

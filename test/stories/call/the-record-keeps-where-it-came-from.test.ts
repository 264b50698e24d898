// An incident is born in chat, from an alert, or from support for a customer, and the record keeps which.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

const source = (declared: Record<string, unknown>) => new Room('Checkout fails', { declared }).incident.source;

test('[CALL-2] the record keeps whether chat, an alert or support declared it, and for which customer', () => {
  expect(source({})).toEqual({ kind: 'chat', via: 'test' });
  expect(source({ customer: 'Acme' })).toEqual({ kind: 'support', via: 'test', customer: 'Acme' });
  expect(source({ origin: 'support' })).toEqual({ kind: 'support', via: 'test' });
  expect(source({ origin: 'alert', key: 'group 1' })).toEqual({ kind: 'alert', via: 'test' });
  const [declared] = new Room('Checkout fails', { declared: { customer: 'Acme' } }).happened('incident-declared');
  expect(declared).toMatchObject({ seq: 1, by: 'ann', source: { kind: 'support', customer: 'Acme' } });
});

test('[CALL-2] what an alert says is kept, its repeats are not, and its recovery decides nothing', () => {
  const room = new Room('Checkout fails', { declared: { origin: 'alert', key: 'group 1' } });
  const alert = { fingerprint: 'f1', name: 'High errors', source: 'alertmanager' };
  expect(room.does('baton', 'note-alert', { ...alert, status: 'firing' })).toHaveLength(1);
  expect(room.does('baton', 'note-alert', { ...alert, status: 'firing' })).toEqual([]);
  room.does('baton', 'note-alert', { ...alert, status: 'resolved' });
  expect(room.incident.alerts.f1).toMatchObject({ status: 'resolved', name: 'High errors' });
  expect(room.incident.phase).toBe('open');
});

test('[CALL-2] who sent an alert is kept where its source takes in several', () => {
  const room = new Room('Checkout fails', { declared: { origin: 'alert', key: 'k', sender: 'checkout probe' } });
  expect(room.incident.source).toEqual({ kind: 'alert', via: 'test', sender: 'checkout probe' });
});

test('[CALL-2] a test of the connection is a drill that wakes nobody, however severe it claims to be', () => {
  const born = (declared: Record<string, unknown>) =>
    new Room('Hello', {
      settings: SETTINGS,
      declared: { origin: 'alert', key: 'k', service: 'payments', severity: 'SEV-1', ...declared },
    });
  expect(born({}).happened('person-paged')).not.toEqual([]);
  const room = born({ test: 'yes' });
  expect(room.incident).toMatchObject({ drill: true, source: { kind: 'alert', test: true } });
  room.fastForward('30m');
  expect(room.happened('person-paged')).toEqual([]);
  // Whoever wants somebody there all the same may page them.
  room.does('ann', 'page', { person: 'bob' });
  expect(room.happened('person-paged')).toHaveLength(1);
});

test('[CALL-2] a drill is an incident in all but what the world outside is told', () => {
  const room = new Room('Checkout fails', { declared: { drill: 'yes' } });
  expect(room.incident.drill).toBe(true);
  expect(room.effects.map(({ type }) => type)).toEqual(expect.arrayContaining(['open-room', 'open-call']));
  expect(new Room().incident.drill).toBe(false);
});

test('[CALL-2] where people only practise, whatever is declared is a drill, also by an alert or with a no', () => {
  const settings = { ...SETTINGS, practice: true };
  for (const declared of [{}, { origin: 'alert' }, { drill: 'no' }]) {
    expect(new Room('Checkout fails', { settings, declared }).incident.drill).toBe(true);
  }
});

// A press acts at once when all is there, and opens the form that asks for the rest; a form keeps what was given.
import { describe, expect, test } from '@jest/globals';
import { button, promptButtons, VIEWS } from '../../src/cards/buttons.ts';
import { formCard, labelledChoices } from '../../src/cards/form.ts';
import { refusalCard, refusalText } from '../../src/cards/refusal.ts';
import { COMMANDS, commandNamed } from '../../src/core/commands/index.ts';
import { type Command, type FieldValue, ROOM } from '../../src/core/contract.ts';
import { decide } from '../../src/core/decide.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import { blocksOf, buttonOf, buttonsOf, lineOf, valueAt, wordsOf } from '../support/reading.ts';
import { Room } from '../support/room.ts';
import { MARKUP, STAGES } from '../support/rooms.ts';

const stage = (name: string): Room => {
  const make = STAGES[name];
  if (!make) throw new Error(`no stage ${name}`);
  return make();
};
const named = (name: string): Command => {
  const found = commandNamed(name);
  if (!found) throw new Error(`no command ${name}`);
  return found;
};

describe('a press', () => {
  const room = stage('mitigating');
  const words = wordsOf(room);
  const opens = (command: string, fields: Record<string, FieldValue> = {}, label?: string, viewer?: string) =>
    button({ command, fields, ...(label ? { label } : {}) }, words, { incident: room.incident, viewer }).form;

  test('acts at once when nothing is missing', () => {
    expect(opens('focus')).toBe(false);
    expect(opens('take-command')).toBe(false);
    expect(opens('acknowledge', { activity: 3 })).toBe(false);
    expect(opens('judge-mitigation', { activity: 3, verdict: 'fixed' })).toBe(false);
    expect(opens('page', { seat: 'payments' })).toBe(false);
  });

  test('opens the form when something required is missing', () => {
    expect(opens('note')).toBe(true);
    expect(opens('give', { activity: 1 })).toBe(true);
    expect(opens('judge-mitigation', { activity: 3 })).toBe(true);
  });

  test('opens the form where nothing is required but something must be said', () => {
    for (const command of ['assess-impact', 'page', 'propose-mitigation', 'wait-for'])
      expect(opens(command)).toBe(true);
    expect(opens('assess-impact', { scope: 'subset' })).toBe(false);
    expect(opens('propose-mitigation', { reverses: 3 })).toBe(false);
  });

  test('opens the form for what the moment demands', () => {
    expect(opens('set-severity', { severity: 'SEV-1' })).toBe(true);
    expect(opens('set-severity', { severity: 'SEV-1', reason: 'Everybody' })).toBe(false);
    const fresh = new Room();
    expect(button({ command: 'set-severity', fields: { severity: 'SEV-1' } }, words, fresh).form).toBe(false);
    expect(opens('start-mitigation', { activity: 4 })).toBe(true);
    expect(opens('start-mitigation', { activity: 3 })).toBe(false);
    expect(opens('close')).toBe(true);
    expect(button({ command: 'close' }, words, stage('watch passed')).form).toBe(false);
    expect(opens('mitigated')).toBe(true);
  });

  test('opens the form for what its label is about', () => {
    expect(opens('page', { person: 'dan' }, 'insist')).toBe(true);
    expect(opens('start-mitigation', { activity: 3, owner: 'dan' }, 'overlap')).toBe(true);
  });

  test('opens the form that asks whom to give one’s work to', () => {
    expect(opens('take-command', {}, undefined, 'dan')).toBe(true);
    expect(opens('take-command', {}, undefined, 'bob')).toBe(false);
  });

  test('of every prompt of every stage does what it says, or asks for more', () => {
    for (const make of Object.values(STAGES)) {
      const { incident, world, now } = make();
      for (const prompt of promptsOf(incident, world)) {
        const by = prompt.to === ROOM ? 'bob' : prompt.to;
        for (const { form, label, command, fields } of promptButtons(prompt, words, { incident, viewer: by })) {
          if (form || VIEWS.some((view) => view === command)) continue;
          const decision = decide(incident, { id: 'press', command, by, fields, via: 'test' }, world, now);
          const refused = 'refusal' in decision ? decision.refusal.refused : 'done';
          // Some commands are the commander's; a room's prompt may be pressed by the wrong person.
          expect([prompt.line, label, refused]).toEqual([
            prompt.line,
            label,
            expect.stringMatching(/^(done|commander-only|needs-commander|already-commanded)$/),
          ]);
        }
      }
    }
  });

  test('the first button stands out where none is chosen', () => {
    const prompt = { key: 'k', line: 'focus', facts: {}, to: 'ann', rank: 'work', since: 0 } as const;
    const plain = promptButtons({ ...prompt, buttons: [{ command: 'focus' }, { command: 'park' }] }, words);
    expect(plain.map(({ primary }) => primary ?? false)).toEqual([true, false, false]);
    const chosen = promptButtons(
      { ...prompt, buttons: [{ command: 'focus' }, { command: 'park', primary: true }] },
      words,
    );
    expect(chosen.map(({ primary }) => primary ?? false)).toEqual([false, true, false]);
    const answers = ['better', 'worse'].map((trend) => ({ command: 'restate-impact', fields: { trend } }));
    const asked = promptButtons({ ...prompt, buttons: answers }, words);
    expect(asked.map(({ primary }) => primary ?? false)).toEqual([false, false, false]);
  });

  test('leads to a command or a view, never nowhere', () => {
    expect(() => button({ command: 'no-such-thing' }, words)).toThrow('neither a command nor a view');
    expect(button({ command: 'help' }, words)).toMatchObject({ command: 'help', form: false });
  });

  test('no view is called like a command', () => {
    expect(VIEWS.filter((view) => commandNamed(view))).toEqual([]);
  });
});

describe('a form', () => {
  const room = stage('mitigating');
  const words = wordsOf(room);
  const form = (name: string, given: Record<string, FieldValue> = {}, by = 'ann', at: Room = room) =>
    formCard(named(name), { incident: at.incident, by, world: at.world }, wordsOf(at), given);
  const inputs = (card: ReturnType<typeof form>) => blocksOf(card, 'inputs').flatMap((block) => block.inputs);

  test('has one input per field, and a button that gives the order', () => {
    const card = form('delegate', { owner: 'dan' });
    expect(inputs(card).map(({ name }) => name)).toEqual(['owner', 'what', 'due', 'kind', 'question']);
    expect(inputs(card)[0]).toMatchObject({ label: 'Who', value: 'dan', missing: 'Please fill this in' });
    expect(inputs(card)[2]).toMatchObject({ hint: '15m or 14:30' });
    expect(inputs(card)[3]).toMatchObject({ value: 'information' });
    expect(buttonOf(card, 'Delegate')).toMatchObject({ command: 'delegate', form: false, primary: true });
  });

  test('requires what the moment makes necessary, and only then', () => {
    const required = (card: ReturnType<typeof form>) =>
      inputs(card).flatMap(({ name, field }) => (field.required ? [name] : []));
    const at = stage('mitigating');
    at.does('dan', 'propose-mitigation', { what: 'Restart everything' });
    at.does('dan', 'propose-mitigation', { what: 'Fail over', owner: 'dan' });
    const [whose, dans] = at.incident.queue.slice(-2);
    expect(required(form('start-mitigation', { activity: whose ?? 0 }, 'ann', at))).toEqual(['activity', 'owner']);
    expect(required(form('start-mitigation', { activity: dans ?? 0 }, 'ann', at))).toEqual(['activity']);
    expect(required(form('close', {}, 'ann', at))).toEqual(['reason']);
  });

  test('leaves out what there is nothing to choose from for', () => {
    const propose = (at: Room) => inputs(form('propose-mitigation', {}, 'ann', at)).map(({ name }) => name);
    expect(propose(stage('commanded'))).toEqual(['what', 'owner', 'observation']);
    expect(propose(room)).toContain('reverses');
  });

  test('asks nobody for what surfaces fill in', () => {
    expect(inputs(form('declare')).map(({ name }) => name)).not.toContain('key');
    expect(inputs(form('join-call')).map(({ name }) => name)).toEqual(['person']);
  });

  test('hands on what is given but not shown, and nothing that the command does not take', () => {
    const card = form('snooze', { prompt: 'overdue:1', other: 'x' });
    expect(inputs(card).map(({ name }) => name)).toEqual(['for']);
    expect(buttonsOf(card)[0]?.fields).toEqual({ prompt: 'overdue:1' });
    expect(buttonsOf(form('keep-evidence', { attachment: 'file-1' }))[0]?.fields).toEqual({ attachment: 'file-1' });
  });

  test('lets a line be picked by what it says', () => {
    const at = stage('a round is due');
    const prompt = inputs(form('snooze', {}, 'ann', at)).find(({ name }) => name === 'prompt');
    expect(prompt?.choices?.map(({ label }) => label)).toContain('Update round: impact');
    expect(prompt?.choices?.map(({ value }) => value)).toContain('round-impact:1');
  });

  test('asks for a new owner of each activity that a commander may not keep', () => {
    const card = form('take-command', {}, 'dan');
    expect(inputs(card).map(({ name, label }) => [name, label])).toEqual([
      ['acting', 'As acting incident commander'],
      ['give:1', 'A1 goes to: Read the database logs'],
      ['give:3', 'M3 goes to: Roll back 4.2'],
    ]);
  });

  test('names fields by what they mean to their command', () => {
    expect(inputs(form('move-mitigation'))[1]).toMatchObject({ label: 'Place in the queue', hint: '1 is next' });
    expect(inputs(form('link'))[0]).toMatchObject({ label: 'Other incident' });
    expect(inputs(form('hand-over'))[0]).toMatchObject({ label: 'To whom' });
  });

  test('brings the draft of a stakeholder update', () => {
    const text = inputs(form('send-update'))[0]?.value;
    expect(text).toContain('Nobody can pay');
    expect(inputs(form('send-update', { text: 'Mine' }))[0]?.value).toBe('Mine');
  });

  test('offers people on the call first, then by name', () => {
    const choices = labelledChoices({ type: 'person', except: ['ann'] }, { ...room, by: 'ann' }, words);
    expect(choices?.map(({ label }) => label)).toEqual(['Cat Carter', 'Dan Dyer', 'Bob Baker', 'Eve Ellis']);
  });

  test('offers activities with what they are about, services and seats by their names', () => {
    const filling = { ...room, by: 'dan' };
    const labels = (field: Parameters<typeof labelledChoices>[0]) =>
      labelledChoices(field, filling, words)?.map(({ label }) => label);
    expect(labels({ type: 'activity', of: 'mine' })).toEqual(['A1 Read the database logs', 'M3 Roll back 4.2']);
    expect(labels({ type: 'service' })).toEqual(['Payments']);
    expect(labels({ type: 'seat' })).toContain('Database on-call');
    expect(labels({ type: 'places' })).toEqual(['Status page', 'Stakeholders']);
    expect(labels({ type: 'text' })).toBeUndefined();
  });
});

describe('a refusal', () => {
  test('says why, offers the next right step, and shows the state of now', () => {
    const room = stage('mitigating');
    const refusal = room.isRefused('dan', 'start-mitigation', { activity: 4 });
    const card = refusalCard(refusal, room.incident, wordsOf(room), 'dan');
    expect(lineOf(card)).toBe('“Start a mitigation” is decided by the incident commander: Ann Archer.');
    expect(buttonOf(card, 'Offer to take over')).toMatchObject({ command: 'ask-for-command' });
    expect(valueAt(card, 'Incident commander')).toBe('Ann Archer, since 14:00');
    expect(valueAt(card, 'Mitigation')).toContain('M3, Roll back 4.2');
  });

  test('of words that could not be read brings the form again, with them in it', () => {
    const room = stage('mitigating');
    const refusal = room.isRefused('ann', 'delegate', { owner: 'someone', what: 'Look' });
    const card = refusalCard(refusal, room.incident, wordsOf(room), 'ann');
    expect(lineOf(card)).toBe('Work goes to one person by name, not to “someone”.');
    expect(buttonsOf(card)[0]).toMatchObject({ command: 'delegate', form: true, fields: { what: 'Look' } });
  });

  test('to take command over one’s own work opens the pickers', () => {
    const room = stage('working');
    room.does('ann', 'release-command');
    const refusal = room.isRefused('dan', 'take-command');
    const card = refusalCard(refusal, room.incident, wordsOf(room), 'dan');
    expect(buttonOf(card, 'Give my work away')).toMatchObject({ command: 'take-command', form: true });
  });

  test('without an incident stands on its own', () => {
    const refusal = { refused: 'unknown-command', facts: { given: MARKUP }, next: [{ command: 'help' }] } as const;
    const words = wordsOf(new Room());
    expect(refusalText(refusal, words)).toContain('$t(button.help)');
    expect(refusalCard(refusal, undefined, words).title).toBe('Not like this');
  });

  test('every suggestion of every refusal met in random tries is a button', () => {
    for (const make of Object.values(STAGES)) {
      const room = make();
      for (const command of COMMANDS) {
        for (const by of ['ann', 'dan']) {
          const order = { id: 'try', command: command.name, by, fields: {}, via: 'test' };
          const decision = decide(room.incident, order, room.world, room.now);
          if (!('refusal' in decision)) continue;
          const card = refusalCard(decision.refusal, room.incident, wordsOf(room), by);
          expect(buttonsOf(card).length).toBeGreaterThan(0);
          expect(lineOf(card)).not.toMatch(/^refusal\.|\{\{/);
        }
      }
    }
  });
});

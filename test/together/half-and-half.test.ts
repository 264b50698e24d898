// One incident run half in Teams and half in Discord: what is done in one is at once true, and shown, in the other.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { nextLine } from '../../src/cards/commander.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { BOB, type BothHouses, openBoth } from '../support/both-houses.ts';

let both: BothHouses;
let ringing: NodeJS.Timeout;
beforeEach(async () => {
  const severities = DEFAULTS.severities.map((row) => ({ ...row, observation: 20_000, watch: 20_000 }));
  both = await openBoth({ severities });
  ringing = setInterval(() => void both.teams.handler.ring('INC-1').catch(() => undefined), 200);
});
afterEach(async () => {
  clearInterval(ringing);
  await both.stop();
});

const incident = () => both.teams.incident();

/** Letters and digits alone: each platform has its own marks. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ');

/** Both cards come to show this, and the same next line to say: that of the newest state. */
async function bothShow(said: string, what: string): Promise<void> {
  await both.until(async () => {
    const newest = await incident();
    const world = await both.teams.handler.world();
    const line = nextLine(newest, world, wordsFor({ language: 'en', zone: world.settings.zone }, world.people, newest));
    const cards = [both.cardInTeams(), both.cardInDiscord()].map(bare);
    return cards.every((card) => card.includes(bare(said)) && card.includes(bare(line)));
  }, `both cards show ${what}`);
}

test('command taken in Teams, a mitigation done in Discord, judged in Teams, and both cards equal after each step', async () => {
  await both.declares();
  expect(Object.keys((await incident()).rooms).sort()).toEqual(['discord', 'teams']);
  await bothShow('Checkout fails', 'the title');

  // Presence on the voice channel counts, and Ann is one person on both platforms.
  both.annInDiscord.joins(both.voice());
  both.ben.joins(both.voice());
  await both.until(
    async () => (await incident()).people.ann?.on.includes('discord') ?? false,
    'Ann is seen in Discord',
  );
  await bothShow('Ben', 'who is on the call');

  await both.pressesInTeams('take-command');
  expect((await incident()).command.commander).toBe('ann');
  await bothShow('Incident commander', 'the commander');

  const said = { what: 'Restart the pods', owner: both.ben.user.id };
  const channel = both.card().channel_id;
  await both.annInDiscord.slash('propose-mitigation', { what: said.what, owner: 'ben' }, channel);
  await both.until(async () => (await incident()).queue.length === 1, 'the mitigation is queued');
  await both.annInDiscord.slash('start-mitigation', { activity: '1' }, channel);
  await both.until(async () => (await incident()).activities[0]?.mitigation?.startedAt !== undefined, 'it is started');
  await bothShow('Restart the pods', 'the mitigation');

  await both.ben.slash('acknowledge', { activity: '1' }, channel);
  await both.until(async () => (await incident()).activities[0]?.status === 'under-way', 'Ben has it');
  await both.ben.slash('finish', { activity: '1' }, channel);
  await both.until(async () => (await incident()).activities[0]?.status === 'finished', 'it is done');

  await bothShow('Restart the pods', 'that it is observed');

  // Ann commands from either: what she began in Discord she judges in Teams.
  await both.annTypesInTeams('INC-1 judge-mitigation M1 fixed');
  await both.until(async () => (await incident()).activities[0]?.mitigation?.verdict === 'fixed', 'it is judged');
  await both.annTypesInTeams('INC-1 mitigated M1');
  await both.until(async () => (await incident()).phase === 'watching', 'it is mitigated');
  await bothShow('Checkout fails', 'the watch');

  // Closing in Discord closes it in Teams.
  await both.annInDiscord.slash('close', { reason: 'It holds' }, channel);
  await both.until(async () => (await incident()).phase === 'closed', 'it is closed');
  await both.until(
    () => [both.cardInTeams(), both.cardInDiscord()].every((card) => /closed/i.test(card)),
    'both closed',
  );
});

test('pressed on both platforms at once: one takes command, the other is told who', async () => {
  await both.declares();
  const [inTeams, inDiscord] = await Promise.all([
    both.pressesInTeams('take-command', {}, BOB),
    both.ben.slash('take-command', {}, both.card().channel_id),
  ]);
  await both.until(async () => (await incident()).command.commander !== undefined, 'somebody commands');
  const { command, people } = await incident();
  expect(command.shifts).toHaveLength(1);
  const name = people[command.commander ?? '']?.name ?? '';
  expect(['Ben', 'Bob Baker']).toContain(name);
  expect(name === 'Ben' ? inTeams : JSON.stringify(inDiscord)).toContain(name);
  await bothShow(name, 'who commands');
});

test('a surface that is down holds up nobody, and catches up from its cursor', async () => {
  await both.declares();
  await both.teams.settled();
  both.teams.connector.hostility = { failing: 1 };
  await both.ben.slash('take-command', {}, both.card().channel_id);
  await both.until(async () => (await incident()).command.commander === 'ben', 'Ben commands');
  await both.ben.slash('note', { text: 'The database answers slowly' }, both.card().channel_id);
  await both.until(() => both.cardInDiscord().includes('Ben'), 'Discord goes on');
  expect(both.cardInTeams()).not.toContain('Ben');
  both.teams.connector.hostility = {};
  await both.until(() => both.cardInTeams().includes('Ben'), 'the card in Teams is current again');
  const room = (await incident()).rooms.teams?.room ?? '';
  const told = () => JSON.stringify(both.teams.connector.in(room).map(({ states }) => states.at(-1)));
  await both.until(() => told().includes('The database answers slowly'), 'the log in Teams has what was missed');
  expect(told().split('The database answers slowly')).toHaveLength(2);
});

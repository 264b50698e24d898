/** The round of updates: impact restated, who has answered and who has not, and when the next one is (UPD-1). */
import type { World } from '../core/contract.ts';
import type { Activity, Incident, Round } from '../core/incident.ts';
import { buttons } from './buttons.ts';
import { cappedList } from './capped.ts';
import type { Block, Card, Row } from './card.ts';
import { activityRow, impactRow, roundRows, title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_ROWS = 20;

export function roundCard(incident: Incident, world: World, words: Words): Card {
  const round = incident.rounds.at(-1);
  return {
    key: 'round',
    title: title(incident, words),
    version: incident.version,
    blocks: [
      ...(round ? roundBlocks(round, incident, words) : [{ type: 'text', text: words.t('round.none') } as const]),
      { type: 'rows', rows: [impactRow(incident, words), ...roundRows(incident, world, words)] },
      ...(incident.phase === 'open' ? [actions(round, incident, words)] : []),
    ],
  };
}

function roundBlocks(round: Round, incident: Incident, words: Words): readonly Block[] {
  const asked = round.asked.map(({ activity }) => activity);
  const rows = (ids: readonly number[], answered: boolean) =>
    ids.flatMap((id) => {
      const activity = incident.activities[id - 1];
      return activity ? [answerRow(activity, answered, words)] : [];
    });
  const open = asked.filter((id) => !round.answered.includes(id));
  return [
    { type: 'heading', text: words.t(`round.${round.outcome}`, { round: round.round }) },
    ...(round.reason ? [{ type: 'text', text: words.t('event.reason', { reason: clip(round.reason) }) } as const] : []),
    ...cappedList(words.t('round.awaited'), rows(open, false), MOST_ROWS, words),
    ...cappedList(words.t('round.answered'), rows([...round.answered], true), MOST_ROWS, words),
  ];
}

function answerRow(activity: Activity, answered: boolean, words: Words): Row {
  const row = activityRow(activity, words);
  const said = activity.result ?? activity.progress?.text;
  return answered
    ? { label: row.label, value: said === undefined ? row.value : `${row.value} · ${clip(said)}`, tone: 'good' }
    : { ...row, tone: 'warn' };
}

function actions(round: Round | undefined, incident: Incident, words: Words): Block {
  const running = round?.outcome === 'open';
  const offered = running
    ? [{ command: 'report' }, { command: 'restate-impact' }, { command: 'close-round' }]
    : [{ command: 'hold-round' }, { command: 'snooze-round' }, { command: 'skip-round' }];
  return { type: 'buttons', buttons: buttons(offered, words, { incident }) };
}

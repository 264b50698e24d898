/** Answers what the commander asks about impact: aloud, once the question stands on the card; writing it down is not theirs. */
import { QUESTIONS, type Question } from '../../core/severity.ts';
import { idOf, isSimulated, type Part } from '../company.ts';
import { later, type Scene, standIn, type Wish } from '../scene.ts';

/** Who knows: support hears customers, the engineer tries it out. */
const KNOWS: Readonly<Record<Question, Part>> = {
  sees: 'sofia',
  reproduced: 'ida',
  frequency: 'ida',
  retries: 'sofia',
  scope: 'sofia',
  which: 'sofia',
};

export function impactAnswers(scene: Scene): Wish[] {
  const { incident } = scene;
  const { commander } = incident.command;
  if (commander === undefined || isSimulated(commander)) return [];
  return (Object.keys(QUESTIONS) as Question[]).flatMap((question): Wish[] => {
    const asked = incident.prompts.get(`impact:${question}`);
    const speaker = standIn(scene, KNOWS[question]);
    if (!asked || !speaker || question === 'which') return [];
    const key = `impact:${question}`;
    const text = scene.say(`${scene.scenario.name}.${question}`);
    // Whoever asks aloud, in the room, is answered sooner.
    const spoken = incident.evidence.findLast(
      ({ kind, by, at }) => kind === 'note' && by === commander && at >= asked.since,
    );
    const at = spoken ? later(scene, key, spoken.at, 1, 2) : later(scene, key, asked.since, 3, 6);
    return [{ key, by: idOf(speaker), at, command: 'note', fields: { text } }];
  });
}

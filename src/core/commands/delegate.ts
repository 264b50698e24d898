/** Gives work of one kind to one person, with a time to come back to it (DO-1, ACT-1). */
import { nextActivity } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import { KINDS } from '../events.ts';
import { QUESTIONS, type Question } from '../severity.ts';
import { AWAKE } from './phases.ts';

export const delegate = command({
  name: 'delegate',
  aliases: ['assign', 'task'],
  guide: 'activities',
  right: 'commander',
  during: AWAKE,
  fields: {
    owner: { type: 'person', required: true },
    /** Optional only where it finds out an unknown about impact: then the question says what. */
    what: { type: 'text' },
    due: { type: 'moment' },
    kind: { type: 'choice', choices: KINDS, words: 'kind', preset: 'information' },
    question: { type: 'choice', choices: Object.keys(QUESTIONS), words: 'question' },
  },
  oneOf: ['what', 'question'],
  decide: (incident, { owner, what, due, kind = 'information', question }, context) => {
    if (what === undefined && question === undefined) {
      return refuse(
        'field-missing',
        { field: { word: 'field.what' } },
        {
          command: 'delegate',
          fields: { owner, kind },
        },
      );
    }
    const activity = nextActivity(incident);
    const by = due ?? context.at + context.settings.delegation.due;
    const words = what ?? '';
    // A mitigation is one whichever way it is given: it takes the one slot or is refused it.
    if (kind === 'mitigation') {
      return [
        { type: 'mitigation-queued', activity, what: words, owner, ahead: false },
        { type: 'mitigation-started', activity, owner, due: by, overlaps: [] },
      ];
    }
    return [
      {
        type: 'activity-delegated',
        activity,
        kind,
        what: words,
        owner,
        due: by,
        ...(question === undefined ? {} : { question: question as Question }),
      },
    ];
  },
});

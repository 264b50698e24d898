/** The cards that somebody asks to see, by name: every surface answers them alike. */
import type { World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import { boardCard, type Listing } from './board.ts';
import { briefCard } from './brief.ts';
import type { View } from './buttons.ts';
import type { Card } from './card.ts';
import { helpCard } from './help.ts';
import { aboutLink } from './link.ts';
import { messagesCard } from './messages.ts';
import { roundCard } from './round.ts';
import { seatsCard } from './seats.ts';
import { statusCard } from './status.ts';
import { checklistCard } from './watch.ts';
import type { Words } from './words/words.ts';

/** What a view is drawn from. */
export interface Scene {
  readonly world: World;
  readonly words: Words;
  /** Without one only help and the board can be shown; everything else shows the board. */
  readonly incident?: Incident | undefined;
  readonly listed: readonly Listing[];
  /** Of `help`: a command or a chapter. */
  readonly about?: string | undefined;
}

export function viewCard(view: View, scene: Scene): Card {
  const { world, words, incident, listed, about } = scene;
  if (view === 'help') return helpCard(words, about, incident);
  if (view === 'link-account') return aboutLink(words);
  if (view === 'board' || !incident) {
    return boardCard(
      listed,
      world.settings.severities.map(({ id }) => id),
      words,
    );
  }
  switch (view) {
    case 'status':
      return statusCard(incident, world, words);
    case 'seats':
      return seatsCard(incident, words);
    case 'rounds':
      return roundCard(incident, world, words);
    case 'brief':
      return briefCard(incident, world, words);
    case 'checklist':
      return checklistCard(incident, words);
    case 'messages':
      return messagesCard(incident, words);
  }
}

/** The lines due now, best first: safety before people before work before rhythm before writing (VOICE). */
import { commandNamed } from './commands/index.ts';
import { type Prompt, RANKS, type Rank, ROOM, type World } from './contract.ts';
import type { Incident } from './incident.ts';
import { onceForState } from './once-for.ts';
import { isDuring, POLICIES } from './policies/index.ts';
import type { PersonId } from './units.ts';

const ORDER = Object.fromEntries(RANKS.map((rank, place) => [rank, place])) as Readonly<Record<Rank, number>>;

/** Every prompt that is due, snoozed and dismissed ones left out, and all but the first while nobody is on the call. */
export const promptsOf = onceForState((incident, world): readonly Prompt[] => {
  const isAnyAside = incident.dismissed.length > 0 || Object.keys(incident.snoozed).length > 0;
  const byRank: Prompt[][] = RANKS.map(() => []);
  for (const policy of POLICIES) {
    if (!policy.offers || !isDuring(policy, incident)) continue;
    for (const prompt of policy.offers(incident, world)) {
      if (isAnyAside && isAside(incident, prompt)) continue;
      if (incident.firstOnCallAt === undefined && !prompt.early) continue;
      const shown = withoutCommander(incident, prompt);
      if (shown) byRank[ORDER[shown.rank]]?.push(shown);
    }
  }
  return byRank.flatMap((prompts) => prompts.sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1)));
});

function isAside(incident: Incident, prompt: Prompt): boolean {
  return incident.snoozed[prompt.key] !== undefined || isDismissed(incident, prompt);
}

/** Only what offers "no need" can be answered with it: nobody waves away that there is no commander. */
function isDismissed(incident: Incident, { key, buttons }: Prompt): boolean {
  return incident.dismissed.includes(key) && buttons.some(({ command }) => command === 'dismiss');
}

/** While there is no commander, what only a commander can press waits for one. */
function withoutCommander(incident: Incident, prompt: Prompt): Prompt | undefined {
  if (incident.command.commander !== undefined || prompt.to !== ROOM) return prompt;
  const buttons = prompt.buttons.filter(({ command }) => commandNamed(command)?.right !== 'commander');
  return buttons.length === 0 ? undefined : { ...prompt, buttons };
}

/** The commander's lines: what stands on the pinned card, the next line to say first. */
export function commandersPrompts(incident: Incident, prompts: readonly Prompt[]): Prompt[] {
  return prompts.filter(({ to }) => to === ROOM || to === incident.command.commander);
}

/** The line that stands first before somebody: their own, or the room's. */
export function firstFor(person: PersonId, incident: Incident, world: World): Prompt | undefined {
  const prompts = promptsOf(incident, world);
  const [own] = person === incident.command.commander ? [] : promptsFor(person, prompts);
  return own ?? commandersPrompts(incident, prompts)[0];
}

/** The lines for one person who is not the commander. */
export function promptsFor(person: PersonId, prompts: readonly Prompt[]): Prompt[] {
  return prompts.filter(({ to }) => to === person);
}

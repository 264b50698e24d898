/** All words in German, complete. */
import { activitiesWords } from './de/activities.ts';
import { callWords } from './de/call.ts';
import { cardWords } from './de/card.ts';
import { commanderWords } from './de/commander.ts';
import { consoleWords } from './de/console.ts';
import { deskWords } from './de/desk.ts';
import { discordWords } from './de/discord.ts';
import { doingWords } from './de/doing.ts';
import { drillWords } from './de/drill.ts';
import { fieldsWords } from './de/fields.ts';
import { generalWords } from './de/general.ts';
import { impactWords } from './de/impact.ts';
import { mitigationsWords } from './de/mitigations.ts';
import { recordWords } from './de/record.ts';
import { reviewWords } from './de/review.ts';
import { rotationWords } from './de/rotation.ts';
import { teamsWords } from './de/teams.ts';
import { updatesWords } from './de/updates.ts';
import { watchWords } from './de/watch.ts';
import type { en } from './en.ts';

export const de: Readonly<Record<keyof typeof en, string>> = {
  ...callWords,
  ...commanderWords,
  ...impactWords,
  ...activitiesWords,
  ...mitigationsWords,
  ...doingWords,
  ...updatesWords,
  ...rotationWords,
  ...watchWords,
  ...recordWords,
  ...reviewWords,
  ...fieldsWords,
  ...cardWords,
  ...consoleWords,
  ...deskWords,
  ...drillWords,
  ...teamsWords,
  ...discordWords,
  ...generalWords,
};

/** All words in English: the source, by which every other language is measured. */
import { activitiesWords } from './en/activities.ts';
import { callWords } from './en/call.ts';
import { cardWords } from './en/card.ts';
import { commanderWords } from './en/commander.ts';
import { consoleWords } from './en/console.ts';
import { deskWords } from './en/desk.ts';
import { discordWords } from './en/discord.ts';
import { doingWords } from './en/doing.ts';
import { drillWords } from './en/drill.ts';
import { fieldsWords } from './en/fields.ts';
import { generalWords } from './en/general.ts';
import { impactWords } from './en/impact.ts';
import { mitigationsWords } from './en/mitigations.ts';
import { recordWords } from './en/record.ts';
import { reviewWords } from './en/review.ts';
import { rotationWords } from './en/rotation.ts';
import { teamsWords } from './en/teams.ts';
import { updatesWords } from './en/updates.ts';
import { watchWords } from './en/watch.ts';

export const en = {
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

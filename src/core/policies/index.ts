/** Every policy, in the order of the guide; objections are heard in this order. */
import type { Policy } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { acknowledgedByName } from './acknowledged-by-name.ts';
import { askWhenOverdue } from './ask-when-overdue.ts';
import { callFirst } from './call-first.ts';
import { commanderMustNotAct } from './commander-must-not-act.ts';
import { commanderStillThere } from './commander-still-there.ts';
import { confirmBeforePublishing } from './confirm-before-publishing.ts';
import { conversation } from './conversation.ts';
import { findACommander } from './find-a-commander.ts';
import { gatherWhileEasy } from './gather-while-easy.ts';
import { impactBeforeAction } from './impact-before-action.ts';
import { judgeWhatWasDone } from './judge-what-was-done.ts';
import { letPeopleRest } from './let-people-rest.ts';
import { listedLeaders } from './listed-leaders.ts';
import { neverALull } from './never-a-lull.ts';
import { noDeadlock } from './no-deadlock.ts';
import { oneCommander } from './one-commander.ts';
import { oneMitigationAtATime } from './one-mitigation-at-a-time.ts';
import { pageUntilAnswered } from './page-until-answered.ts';
import { quorum } from './quorum.ts';
import { relieveTheTired } from './relieve-the-tired.ts';
import { roomsFollow } from './rooms-follow.ts';
import { rotateTheCommander } from './rotate-the-commander.ts';
import { roundOfUpdates } from './round-of-updates.ts';
import { seenBefore } from './seen-before.ts';
import { severityFollows } from './severity-follows.ts';
import { snoozeEnds } from './snooze-ends.ts';
import { stakeholderUpdates } from './stakeholder-updates.ts';
import { standDownAtNight } from './stand-down-at-night.ts';
import { watchAfterTheFix } from './watch-after-the-fix.ts';
import { whoElse } from './who-else.ts';

export const POLICIES: readonly Policy[] = [
  callFirst,
  roomsFollow,
  quorum,
  pageUntilAnswered,
  whoElse,
  findACommander,
  oneCommander,
  listedLeaders,
  commanderMustNotAct,
  commanderStillThere,
  impactBeforeAction,
  severityFollows,
  conversation,
  confirmBeforePublishing,
  stakeholderUpdates,
  oneMitigationAtATime,
  judgeWhatWasDone,
  acknowledgedByName,
  neverALull,
  noDeadlock,
  roundOfUpdates,
  askWhenOverdue,
  rotateTheCommander,
  relieveTheTired,
  letPeopleRest,
  standDownAtNight,
  watchAfterTheFix,
  gatherWhileEasy,
  seenBefore,
  snoozeEnds,
];

/** Whether a policy has anything to say in the incident's phase. */
export function isDuring({ during }: Policy, { phase }: Incident): boolean {
  return during === undefined ? phase === 'open' : during.includes(phase);
}

/** Every command, in the order of the help: as an incident meets them. */
import type { Command } from '../contract.ts';
import { acceptHandOver } from './accept-hand-over.ts';
import { acknowledge } from './acknowledge.ts';
import { answerPage } from './answer-page.ts';
import { askForCommand } from './ask-for-command.ts';
import { assessImpact } from './assess-impact.ts';
import { callBack } from './call-back.ts';
import { cancel } from './cancel.ts';
import { close } from './close.ts';
import { closeRound } from './close-round.ts';
import { confirmCommand } from './confirm-command.ts';
import { confirmMessage } from './confirm-message.ts';
import { correct } from './correct.ts';
import { declare } from './declare.ts';
import { decline } from './decline.ts';
import { declineHandOver } from './decline-hand-over.ts';
import { delegate } from './delegate.ts';
import { dismiss } from './dismiss.ts';
import { draftMessage } from './draft-message.ts';
import { extendWatch } from './extend-watch.ts';
import { finish } from './finish.ts';
import { focus } from './focus.ts';
import { give } from './give.ts';
import { giveEstimate } from './give-estimate.ts';
import { handOver } from './hand-over.ts';
import { holdRound } from './hold-round.ts';
import { joinCall } from './join-call.ts';
import { judgeMitigation } from './judge-mitigation.ts';
import { keepEvidence } from './keep-evidence.ts';
import { leaveCall } from './leave-call.ts';
import { link } from './link.ts';
import { mergeInto } from './merge-into.ts';
import { mitigated } from './mitigated.ts';
import { moveMitigation } from './move-mitigation.ts';
import { nameService } from './name-service.ts';
import { note } from './note.ts';
import { noteAlert } from './note-alert.ts';
import { openRoom } from './open-room.ts';
import { page } from './page.ts';
import { park } from './park.ts';
import { posted } from './posted.ts';
import { proposeMitigation } from './propose-mitigation.ts';
import { recurred } from './recurred.ts';
import { release } from './release.ts';
import { releaseCommand } from './release-command.ts';
import { relieve } from './relieve.ts';
import { rename } from './rename.ts';
import { reopen } from './reopen.ts';
import { report } from './report.ts';
import { reportCall } from './report-call.ts';
import { reportPage } from './report-page.ts';
import { reportPublication } from './report-publication.ts';
import { reportRoom } from './report-room.ts';
import { restateImpact } from './restate-impact.ts';
import { sendUpdate } from './send-update.ts';
import { setCall } from './set-call.ts';
import { setSeverity } from './set-severity.ts';
import { skipRound } from './skip-round.ts';
import { snooze } from './snooze.ts';
import { snoozeRound } from './snooze-round.ts';
import { standDown } from './stand-down.ts';
import { standUp } from './stand-up.ts';
import { startMitigation } from './start-mitigation.ts';
import { stopWaiting } from './stop-waiting.ts';
import { takeCommand } from './take-command.ts';
import { waitFor } from './wait-for.ts';
import { withdrawMessage } from './withdraw-message.ts';

export const COMMANDS: readonly Command[] = [
  declare,
  joinCall,
  answerPage,
  page,
  leaveCall,
  setCall,
  nameService,
  openRoom,
  takeCommand,
  confirmCommand,
  askForCommand,
  releaseCommand,
  assessImpact,
  setSeverity,
  restateImpact,
  delegate,
  acknowledge,
  decline,
  give,
  report,
  giveEstimate,
  waitFor,
  stopWaiting,
  finish,
  cancel,
  proposeMitigation,
  startMitigation,
  judgeMitigation,
  moveMitigation,
  focus,
  park,
  sendUpdate,
  draftMessage,
  confirmMessage,
  withdrawMessage,
  posted,
  holdRound,
  closeRound,
  skipRound,
  snoozeRound,
  handOver,
  acceptHandOver,
  declineHandOver,
  relieve,
  standDown,
  standUp,
  mitigated,
  release,
  extendWatch,
  recurred,
  callBack,
  close,
  reopen,
  link,
  mergeInto,
  note,
  keepEvidence,
  correct,
  rename,
  snooze,
  dismiss,
  noteAlert,
  reportPage,
  reportRoom,
  reportCall,
  reportPublication,
];

const BY_NAME: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => [command.name, ...command.aliases].map((name) => [name, command] as const)),
);

/** The command of a name or alias, in any case. */
export function commandNamed(name: string): Command | undefined {
  return BY_NAME.get(name.toLowerCase());
}

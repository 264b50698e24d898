/** Who is on the call, as Teams sees it: meetings that begin and end, people who join and leave (CALL-4). */
import { z } from 'zod';
import type { Incident } from '../../core/incident.ts';
import type { Open } from '../../core/ports.ts';
import type { IncidentId, PersonId } from '../../core/units.ts';
import { type Activity, placeOf } from './activity.ts';
import type { Desk } from './desk.ts';
import { orderId, TEAMS } from './ids.ts';
import type { Part } from './inbound.ts';

const EVENT = 'application/vnd.microsoft.';

const Participants = z.looseObject({
  members: z.array(
    z.looseObject({
      user: z.looseObject({ id: z.string(), aadObjectId: z.string().nullish(), name: z.string().nullish() }),
    }),
  ),
});
/** Meetings spell their own properties with capitals. */
const Meeting = z.looseObject({ JoinUrl: z.string().nullish() });

export function createMeetings(desk: Desk): Part {
  return async (activity) => {
    const incident = await incidentOf(desk, activity);
    if (!incident) return undefined;
    const place = placeOf(activity);
    const members = Participants.safeParse(activity.value).data?.members ?? [];
    const people: PersonId[] = [];
    for (const { user } of members) people.push(await desk.crew.personOf(user, { ...place, kind: 'groupChat' }));
    switch (activity.name) {
      case `${EVENT}meetingParticipantJoin`:
        return say(desk, activity, incident, 'join-call', people);
      case `${EVENT}meetingParticipantLeave`:
        return say(desk, activity, incident, 'leave-call', people);
      case `${EVENT}meetingEnd`:
        // Whoever was seen on a call that is over is on it no more.
        return say(desk, activity, incident, 'leave-call', seenHere(incident));
      default:
        return undefined;
    }
  };
}

function seenHere({ people }: Incident): readonly PersonId[] {
  return Object.values(people).flatMap(({ id, on }) => (on.includes(TEAMS) ? [id] : []));
}

async function say(desk: Desk, activity: Activity, { id }: Incident, command: string, people: readonly PersonId[]) {
  for (const person of people) {
    const order = orderId(activity.conversation.id, `${activity.id ?? activity.timestamp ?? ''} ${command} ${person}`);
    await desk.intake.handle({
      id: order,
      command,
      incident: id,
      by: person,
      fields: { person, observed: true },
      via: TEAMS,
    });
  }
  return undefined;
}

/** By the link that people join with, else by the chat that the meeting belongs to. */
async function incidentOf(desk: Desk, activity: Activity): Promise<Incident | undefined> {
  const link = Meeting.safeParse(activity.value).data?.JoinUrl ?? undefined;
  const { id: conversation } = activity.conversation;
  const open = await desk.intake.open();
  const isLinked = ({ call }: Open) => call !== undefined && (call === link || sameMeeting(call, conversation));
  const isAmong = (ids: readonly IncidentId[]) => open.find(({ id }) => ids.includes(id));
  const found = open.find(isLinked) ?? isAmong(await desk.cabinet.in(conversation));
  const incident = found && (await desk.intake.incident(found.id));
  return incident?.phase === 'closed' ? undefined : incident;
}

/** A join link holds the meeting's chat: `…/l/meetup-join/19%3ameeting_…%40thread.v2/0`. */
function sameMeeting(link: string, conversation: string): boolean {
  try {
    return decodeURIComponent(link).toLowerCase().includes(`/${conversation.toLowerCase()}/`);
  } catch {
    return false;
  }
}

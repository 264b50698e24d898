/** Sees who is on the call: whoever is in the voice channel of an incident, as the gateway tells. */
import { z } from 'zod';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import type { Desk } from './desk.ts';
import { DISCORD } from './ids.ts';
import { FIRST_RETRY, LONGEST_RETRY } from './limits.ts';

const Account = z.looseObject({
  id: z.string(),
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});
const MemberShape = z.looseObject({ user: Account.optional(), nick: z.string().nullish() });
export const VoiceState = z.looseObject({
  guild_id: z.string().optional(),
  channel_id: z.string().nullable(),
  user_id: z.string(),
  member: MemberShape.optional(),
});
export const GuildState = z.looseObject({
  id: z.string(),
  unavailable: z.boolean().optional(),
  voice_states: z.array(VoiceState).default([]),
  members: z.array(MemberShape).default([]),
});

export interface Presence {
  moved(state: z.infer<typeof VoiceState>): void;
  /** A guild as it is now, after a connection: whoever came or went unseen is noted. */
  guild(state: z.infer<typeof GuildState>): void;
  /** An incident has got its voice channel, in which somebody may wait already. */
  check(incident: Incident): void;
  stop(): Promise<void>;
}

interface Whereabouts {
  readonly guild: string;
  readonly channel: string;
}

export function createPresence(desk: Desk): Presence {
  const { api, cabinet, crew, intake, time, log } = desk;
  /** By user: where the gateway last said that they are. */
  const where = new Map<string, Whereabouts>();
  const members = new Map<string, z.infer<typeof MemberShape>>();
  /** One after the other: who leaves right after joining has to be seen in that order. */
  let turn: Promise<void> = Promise.resolve();
  let orders = 0;
  /** Incidents whose call could not be noted: they are looked at again until they can. */
  const unsure = new Set<IncidentId>();
  let stopped = false;

  /** @param ids incidents of which something is noted */
  function noteFor(ids: readonly (IncidentId | undefined)[], work: () => Promise<void>): void {
    turn = turn.then(work).catch((error) => {
      log.warn({ error }, 'who is on the call could not be noted; trying again');
      for (const id of ids) if (id !== undefined && !unsure.has(id)) void lookAgain(id);
    });
  }

  async function lookAgain(id: IncidentId): Promise<void> {
    unsure.add(id);
    for (let failed = 0; unsure.has(id); failed += 1) {
      await time.wait(Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** failed));
      if (stopped) return;
      noteFor([], async () => {
        await reconcile(id);
        unsure.delete(id);
      });
      await turn;
    }
  }

  async function report(
    command: 'join-call' | 'leave-call',
    id: IncidentId,
    guild: string,
    user: string,
  ): Promise<void> {
    const member = members.get(user) ?? (await api.member(guild, user).catch(() => undefined));
    const account = member?.user;
    if (!account || account.bot) return;
    const by = await crew.personOf(
      { ...account, global_name: account.global_name ?? null },
      { nick: member.nick ?? null },
    );
    orders += 1;
    const order = `${DISCORD}:voice:${user}:${intake.now()}:${orders}`;
    await intake.handle({ id: order, command, incident: id, by, fields: { observed: true }, via: DISCORD });
  }

  function go(user: string, guild: string, to: string | undefined): void {
    const before = where.get(user);
    if (before?.channel === to) return;
    if (to === undefined) where.delete(user);
    else where.set(user, { guild, channel: to });
    const left = before && cabinet.callIn(before.channel);
    const joined = to === undefined ? undefined : cabinet.callIn(to);
    if (left === undefined && joined === undefined) return;
    noteFor([left, joined], async () => {
      if (left !== undefined) await report('leave-call', left, guild, user);
      if (joined !== undefined) await report('join-call', joined, guild, user);
    });
  }

  /** Makes what the incident knows equal to who is there. */
  async function reconcile(id: IncidentId): Promise<void> {
    const { room } = await cabinet.of(id);
    const incident = await intake.incident(id);
    if (!room?.voice || !incident || incident.phase === 'closed') return;
    const here = [...where].filter(([, { channel }]) => channel === room.voice).map(([user]) => user);
    const world = await intake.world();
    const noted = Object.values(incident.people).filter(({ on }) => on.includes(DISCORD));
    const there = new Set(here);
    for (const { id: person } of noted) {
      const user = crew.userOf(world.people[person], person);
      if (user === undefined || there.delete(user)) continue;
      await report('leave-call', id, room.guild, user);
    }
    for (const user of there) await report('join-call', id, room.guild, user);
  }

  return {
    moved({ guild_id, channel_id, user_id, member }) {
      if (guild_id === undefined) return;
      if (member?.user) members.set(user_id, member);
      go(user_id, guild_id, channel_id ?? undefined);
      // Names are looked up again when somebody comes back; the list must not grow with every visitor.
      if (channel_id === null) noteFor([], async () => void (where.has(user_id) || members.delete(user_id)));
    },
    guild({ id, unavailable, voice_states, members: listed }) {
      if (unavailable) return;
      const inVoice = new Set(voice_states.map(({ user_id }) => user_id));
      for (const member of listed) if (member.user && inVoice.has(member.user.id)) members.set(member.user.id, member);
      for (const [user, { guild }] of where) if (guild === id && !inVoice.has(user)) where.delete(user);
      for (const { user_id, channel_id } of voice_states)
        if (channel_id) where.set(user_id, { guild: id, channel: channel_id });
      for (const known of cabinet.known()) {
        noteFor([known], async () => {
          if ((await cabinet.of(known)).room?.guild === id) await reconcile(known);
        });
      }
    },
    check: ({ id }) => noteFor([id], () => reconcile(id)),
    stop() {
      stopped = true;
      return turn;
    },
  };
}

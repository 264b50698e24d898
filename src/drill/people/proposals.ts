/** What simulated people propose: one thing early, one without asking anybody, and the rest only when they are asked. */
import { mitigationsOf } from '../../core/activities.ts';
import type { Activity } from '../../core/incident.ts';
import type { Instant } from '../../core/units.ts';
import { idOf, isSimulated, type Part } from '../company.ts';
import type { Attempt } from '../scenario.ts';
import { later, type Scene, said, standIn, type Wish } from '../scene.ts';
import { attemptOf, goneSince, isProposed } from '../truth.ts';

export function proposals(scene: Scene): Wish[] {
  const { incident, scenario } = scene;
  if (incident.phase !== 'open' || incident.command.commander === undefined) return [];
  const asked = scenario.attempts.find((one) => one.when === 'asked' && !isProposed(scene, one));
  return scenario.attempts.flatMap((attempt): Wish[] => {
    if (attempt.when === 'alone') return alone(scene, attempt);
    if (isProposed(scene, attempt)) return [];
    const since = attempt.when === 'early' ? earlySince(scene) : attempt === asked ? askedSince(scene) : undefined;
    return since === undefined ? [] : proposing(scene, attempt, since);
  });
}

function proposing(scene: Scene, attempt: Attempt, since: Instant): Wish[] {
  const by = standIn(scene, attempt.by);
  if (by === undefined) return [];
  const key = `propose:${attempt.name}`;
  const fields = { what: whatOf(scene, attempt), owner: idOf(by) };
  return [{ key, by: idOf(by), at: later(scene, key, since, 3, 6), command: 'propose-mitigation', fields }];
}

function whatOf({ scenario, say }: Scene, { name }: Attempt): string {
  return say(`${scenario.name}.${name}.what`);
}

/** The severity is decided or assumed; or the commander has long been there and asks nothing. */
function earlySince(scene: Scene): Instant | undefined {
  const { severities, impact } = scene.incident;
  return severities[1]?.at ?? (impact.askedAt === undefined ? undefined : impact.askedAt + scene.beat * 60);
}

/** Nothing is being done, or a commander asks in the room, after the last attempt was judged or found out. */
function askedSince(scene: Scene): Instant | undefined {
  const { incident } = scene;
  if (goneSince(scene) !== undefined) return undefined;
  const tried = mitigationsOf(incident).filter((one) => attemptOf(scene, one) !== undefined);
  const pending = tried.some(({ status, mitigation }) => status !== 'cancelled' && mitigation?.verdict === undefined);
  const last = Math.max(0, ...tried.map(({ mitigation, since }) => mitigation?.judgedAt ?? since));
  if (tried.length === 0 || pending) return undefined;
  const lull = incident.lulls.find(({ to, noticed }) => to === undefined && noticed >= last)?.noticed;
  const question = incident.evidence.find(
    ({ kind, by, text, at }) => kind === 'note' && !isSimulated(by) && text.includes('?') && at >= last,
  )?.at;
  const since = [lull, question].filter((at) => at !== undefined);
  return since.length === 0 ? undefined : Math.min(...since);
}

/** While another thing runs, somebody queues his own and presses start, which Baton refuses; then he says so. */
function alone(scene: Scene, attempt: Attempt): Wish[] {
  const { incident } = scene;
  const others = mitigationsOf(incident).filter((one) => attemptOf(scene, one)?.name !== attempt.name);
  const since = others.find(({ mitigation }) => mitigation?.startedAt !== undefined)?.mitigation?.startedAt;
  const by = standIn(scene, attempt.by);
  if (since === undefined || by === undefined) return [];
  const own = mitigationsOf(incident).find((one) => attemptOf(scene, one)?.name === attempt.name);
  if (!own) return goneSince(scene) === undefined ? proposing(scene, attempt, since) : [];
  return own.by === idOf(by) && own.status === 'queued' ? pressing(scene, by, own) : [];
}

function pressing(scene: Scene, by: Part, own: Activity): Wish[] {
  const key = `alone:${own.id}`;
  const at = later(scene, key, own.since, 1, 2);
  return [
    { key, by: idOf(by), at, command: 'start-mitigation', fields: { activity: own.id } },
    said(scene, `told:${own.id}`, by, own.since, scene.say('says.alone', { what: own.what }), 3, 4),
  ];
}

/** Mara: commands when nobody else does, or when it is her part; and takes over when somebody hands over to her. */
import { heldBy } from '../../core/activities.ts';
import { isOnCall } from '../../core/quorum.ts';
import { idOf, partOf } from '../company.ts';
import { later, type Scene, said, type Wish } from '../scene.ts';

const MARA = idOf('mara');

export function deputy(scene: Scene): Wish[] {
  return [...greeting(scene), ...takingCommand(scene), ...accepting(scene)];
}

function greeting(scene: Scene): Wish[] {
  const { role, incident, say } = scene;
  const since = incident.people[MARA]?.stints[0]?.from;
  const vacant = incident.command.commander === undefined;
  return role === 'commander' && since !== undefined && vacant
    ? [said(scene, 'deputy', 'mara', since, say('says.deputy'), 1, 2)]
    : [];
}

function takingCommand(scene: Scene): Wish[] {
  const { role, incident, world, say } = scene;
  const { commander, vacantSince } = incident.command;
  if (commander !== undefined || vacantSince === undefined || !isOnCall(incident, MARA)) return [];
  const { askAfter, askEvery } = world.settings.command;
  const key = `command:${vacantSince}`;
  // A learner is asked three times before anybody takes it from them.
  const patience = Math.max(incident.declared.at + askAfter, vacantSince) + askEvery * 2.5;
  const at = role === 'commander' ? Math.round(patience) : later(scene, key, vacantSince, 14, 18);
  const take: Wish = { key, by: MARA, at, command: 'take-command', fields: {} };
  return role === 'commander'
    ? [said(scene, `instead:${vacantSince}`, 'mara', at - 1, say('says.deputy-takes'), 0, 0), take]
    : [take];
}

/** Whoever still has work to do says no, and why. */
function accepting(scene: Scene): Wish[] {
  const { incident, say } = scene;
  const { offer } = incident.command;
  const part = partOf(offer?.to);
  if (!offer || part === undefined) return [];
  const key = `accept:${offer.to}:${offer.at}`;
  const at = later(scene, key, offer.at, 3, 6);
  return heldBy(incident, offer.to).length > 0
    ? [{ key, by: offer.to, at, command: 'decline-hand-over', fields: { reason: say('says.busy') } }]
    : [{ key, by: offer.to, at, command: 'accept-hand-over', fields: {} }];
}

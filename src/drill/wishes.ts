/** All that the simulated people want to do, soonest first. They see the incident and nothing else. */
import { isSimulated } from './company.ts';
import { aftermath } from './people/aftermath.ts';
import { following } from './people/commander.ts';
import { deputy } from './people/deputy.ts';
import { impactAnswers } from './people/impact.ts';
import { presence } from './people/presence.ts';
import { proposals } from './people/proposals.ts';
import { scribe } from './people/scribe.ts';
import { work } from './people/work.ts';
import type { Scene, Wish } from './scene.ts';

export function wishesOf(scene: Scene): readonly Wish[] {
  const { commander } = scene.incident.command;
  if (scene.incident.phase === 'closed') return [];
  const wishes = [presence, deputy, impactAnswers, work, proposals, aftermath, scribe].flatMap((people) =>
    people(scene),
  );
  const leading = commander !== undefined && isSimulated(commander) ? following(scene, commander) : [];
  return [...wishes, ...leading].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

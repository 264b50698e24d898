/** The simulated people as a surface of their own: they see the newest state, and give orders like anybody else. */
import type { Refusal, World } from '../core/contract.ts';
import type { Recorded } from '../core/events.ts';
import type { Incident } from '../core/incident.ts';
import type { Intake, Log, Surface } from '../core/ports.ts';
import type { Duration, IncidentId } from '../core/units.ts';
import { isSimulated } from './company.ts';
import type { Scene, Wish } from './scene.ts';
import { wishesOf } from './wishes.ts';

/** The surface's name, with which the ids of its orders begin. */
export const DRILL = 'drill';

export interface CastOptions extends Pick<Scene, 'scenario' | 'role' | 'beat' | 'seed'> {
  /** Sentences of the drill, of an incident if there is one. */
  readonly speak: (incident: Incident) => Scene['say'];
  /** Runs a task later. */
  readonly wait: (delay: Duration, task: () => void) => void;
  /** Baton said no to somebody simulated. */
  readonly told: (wish: Wish, refusal: Refusal, incident: Incident) => void;
  /** There is a new state. */
  readonly seen: (scene: Scene) => void;
  readonly log: Log;
}

export interface Cast extends Surface {
  /** From now on they take part in this incident. */
  join(id: IncidentId): void;
  /** Whether anybody who is not simulated has come in. */
  isVisited(): Promise<boolean>;
  /** All that is kept of it by now; undefined before there is anything. */
  record(): Promise<Kept | undefined>;
}

export interface Kept {
  readonly incident: Incident;
  readonly events: readonly Recorded[];
  readonly world: World;
}

/** Longest that nobody looks: states that were drawn while somebody acted are looked at by then. */
const GLANCE = 1_000;

export function createCast(options: CastOptions): Cast {
  const { scenario, role, beat, seed, speak, wait, told, seen, log } = options;
  let intake: Intake | undefined;
  let id: IncidentId | undefined;
  let acting: Promise<void> | undefined;
  let stopped = false;
  const tried = new Set<string>();

  /** One of them acts at a time: whoever is next has seen what the one before did. */
  async function act(): Promise<void> {
    for (;;) {
      const scene = await look();
      if (!scene || !intake || stopped) return;
      const next = wishesOf(scene).find(({ key }) => !tried.has(key));
      if (!next || next.at > intake.now()) return;
      const { command, fields, by } = next;
      const { id: incident } = scene.incident;
      const order = { id: `${DRILL}:${incident}:${next.key}`, command, incident, by, fields, via: DRILL };
      const answer = await intake.handle(order);
      tried.add(next.key);
      if ('refusal' in answer) told(next, answer.refusal, answer.incident ?? scene.incident);
    }
  }

  async function look(): Promise<Scene | undefined> {
    const incident = id === undefined ? undefined : await intake?.incident(id);
    if (!incident || !intake) return undefined;
    const scene = { incident, world: await intake.world(), scenario, role, beat, seed, say: speak(incident) };
    seen(scene);
    return scene;
  }

  function begin(): void {
    if (stopped || acting) return;
    acting = act()
      // What failed is tried at the next glance, as people would.
      .catch((error) => log.warn({ error }, 'a simulated person could not act'))
      .finally(() => {
        acting = undefined;
      });
  }

  function glance(): void {
    if (stopped) return;
    begin();
    wait(Math.min(GLANCE, beat / 2), glance);
  }

  return {
    name: DRILL,
    can: { call: false, presence: false, pin: false, privateReply: false, page: false },
    // They read the card: nothing has to be brought to them.
    takes: [],
    async deliver() {},
    draw: begin,
    async start(given) {
      intake = given;
      glance();
    },
    join(given) {
      id = given;
    },
    async isVisited() {
      const people = intake ? (await intake.world()).people : {};
      return Object.keys(people).some((person) => !isSimulated(person));
    },
    async record() {
      const incident = id === undefined ? undefined : await intake?.incident(id);
      if (!incident || !intake) return undefined;
      const [events, world] = await Promise.all([intake.events(incident.id), intake.world()]);
      return { incident, events: events.slice(0, incident.version), world };
    },
    async stop() {
      stopped = true;
      await acting;
    },
  };
}

/** Two instances of Baton before one connector, on one store; the test says which of them keeps what happens. */
import type { Sharing } from '../../src/core/ports.ts';
import type { IncidentId } from '../../src/core/units.ts';
import { type HouseOptions, openTeams, type TeamsHouse } from './teams-house.ts';

export interface TeamsPair {
  /** Keeps everything, to begin with. */
  readonly one: TeamsHouse;
  readonly other: TeamsHouse;
  /** From now on this instance keeps everything; the one before it has ended, as far as deliveries go. */
  keeps(house: TeamsHouse): Promise<void>;
  /** Waits until both have heard of everything, and it is delivered and drawn. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function openPair(options: HouseOptions = {}): Promise<TeamsPair> {
  const { faster = 50 } = options;
  const began = performance.now();
  const now = options.now ?? (() => 1_772_546_400_000 + (performance.now() - began) * faster);
  let keeper = 0;
  const sharings = [0, 1].map((me): Sharing => {
    const kept = new Set<IncidentId>();
    return {
      async keeps(id) {
        if (keeper !== me) kept.delete(id);
        if (keeper !== me) return 'elsewhere';
        return kept.size < kept.add(id).size ? 'taken' : 'kept';
      },
      takeOver: async () => [],
      changed: async () => [],
      lease: () => {
        throw new Error('Teams needs no lease');
      },
      leave: async () => {},
    };
  });
  const open = (me: number, beside?: TeamsHouse) => {
    const sharing = sharings[me] as Sharing;
    return openTeams({ ...options, now, sharing, ...(beside && { beside }) });
  };
  const one: TeamsHouse = await open(0);
  const other = await open(1, one);
  const houses = [one, other];

  async function settled(): Promise<void> {
    for (let times = 0; times < 2; times += 1) {
      for (const house of houses) await house.settled();
      for (const { id, version } of await one.common.store.list({})) {
        for (const { handler } of houses) await handler.noticed(id, version);
      }
    }
    for (const house of houses) await house.settled();
  }

  return {
    one,
    other,
    async keeps(house) {
      keeper = houses.indexOf(house);
      for (const { id } of await one.common.store.list({})) await house.handler.catchUp(id);
      await settled();
    },
    settled,
    async stop() {
      await other.stop();
      await one.stop();
    },
  };
}

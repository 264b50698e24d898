// Discord keeps what every surface promises.
import { unpack } from '../../../src/adapters/discord/press.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { type SurfaceAtWork, surfaceContract } from '../../contracts/surface.ts';
import { openHouse } from '../../support/discord-house.ts';
import { pressable, textOf } from '../../support/discord-people.ts';

/** Nothing more is coming when Discord has heard nothing for so long. Longer than every wait, run fast. */
const QUIET = 300;

async function open(): Promise<SurfaceAtWork> {
  const house = await openHouse({ rate: { count: 5, window: 60 }, faster: 100 });
  const { double } = house;
  const ann = house.who('Ann');

  async function settled(): Promise<void> {
    for (let before = -1; before !== double.requests.length; ) {
      before = double.requests.length;
      await house.handler.settled();
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    }
  }

  const messages = async ({ id }: Incident) => {
    const room = (await house.incident(id)).rooms.discord?.room;
    return [...double.guild.messages.values()].filter(
      (one) => one.channel_id === room && one.ephemeralFor === undefined,
    );
  };

  return {
    surface: house.surface,
    handler: house.handler,
    settled,
    async declare(title) {
      await ann.slash('declare', { title });
      await settled();
      const [newest] = await house.handler.list({});
      return house.incident(newest?.id);
    },
    async press(incident, command, fields = {}) {
      const card = (await messages(incident)).find(({ pinned }) => pinned);
      if (!card) throw new Error('there is no card');
      const shown = pressable(card).find(({ customId, value }) => {
        const press = unpack(value ?? customId);
        return (
          press?.command === command &&
          Object.entries(fields).every(([name, said]) => String(press.fields?.[name]) === said)
        );
      });
      if (!shown) throw new Error(`the card has no ${command}`);
      await ann.press(card, shown.label);
      await settled();
    },
    async again() {
      double.repeat();
      await settled();
    },
    seen: async (incident) => (await messages(incident)).map(textOf).join('\n'),
    async stop() {
      await house.stop();
    },
  };
}

surfaceContract({ name: 'discord', open });

/** Tells the commander whom to call by hand, because neither a pager nor a chat has a way to them (CALL-5). */

import type { Outlet } from '../../core/ports.ts';
import type { People, PersonId } from '../../core/units.ts';
import { houseWords } from '../../posting/words.ts';
import { type Pager, type Paging, report, ringingOf } from './pager.ts';

/** A chat platform, which pages by itself whom it knows. */
export interface Chat {
  /** Whether it knows an account of theirs to page; whichever instance asks. */
  knows(person: PersonId, people: People): Promise<boolean>;
}

/** One for all pagers and chats: each of them passes over whom it has no way to. */
export function unreachedOutlet(
  pagers: readonly Pick<Pager, 'reaches'>[],
  chats: readonly Chat[],
  { world, handle, isMoot, log }: Omit<Paging, 'store'>,
): Outlet {
  return {
    name: 'pager-none',
    takes: ['page'],
    async deliver(effect, incident) {
      if (effect.type !== 'page' || pagers.some((pager) => pager.reaches(ringingOf(effect, incident)))) return;
      const around = await world();
      if (isMoot(effect, incident, around)) return;
      const known = await Promise.all(chats.map((chat) => chat.knows(effect.person, around.people)));
      if (known.includes(true)) return;
      await report(effect, incident, houseWords(around, incident).t('pager.no-way'), { handle, log });
    },
  };
}

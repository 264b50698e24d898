/** Tells from a request who reads, and in which language, zone and clock. */
import type { Request } from 'express';
import { z } from 'zod';
import { type Reader, readerOf } from '../../cards/words/reader.ts';
import type { World } from '../../core/contract.ts';
import { BATON, type Person } from '../../core/units.ts';

/** Pages put this on every address; a browser's own zone and clock come before the profile's. */
const ASKED = z.object({
  as: z.string().min(1).max(200).optional(),
  lang: z.string().max(35).optional(),
  zone: z.string().max(64).optional(),
  hour12: z.enum(['0', '1']).optional(),
});

export interface Asking {
  readonly person: Person | undefined;
  readonly reader: Reader;
}

/** An unknown language, zone or person is no error: the house's own stand in, and `person` stays undefined. */
export function asking(request: Request, world: World): Asking {
  const asked = ASKED.safeParse(request.query).data ?? {};
  const known = asked.as !== undefined && asked.as !== BATON && Object.hasOwn(world.people, asked.as);
  const person = known ? world.people[asked.as as string] : undefined;
  const house: Reader = { language: 'en', zone: world.settings.zone };
  const browser = {
    ...(asked.lang === undefined ? {} : { language: asked.lang }),
    ...(asked.zone === undefined ? {} : { zone: asked.zone }),
    ...(asked.hour12 === undefined ? {} : { hour12: asked.hour12 === '1' }),
  };
  return { person, reader: readerOf(browser, readerOf(person, house)) };
}

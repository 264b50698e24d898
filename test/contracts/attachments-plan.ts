/** What the writing process keeps, told by number alone, so that the suite knows what has to be there. */
import type { Attachments } from '../../src/core/ports.ts';

/** 100,000 to 2,500,000 bytes. */
export function plannedAttachment(number: number): Parameters<Attachments['keep']>[0] {
  const bytes = new Uint8Array(100_000 * (1 + (number % 25))).fill(number % 256);
  return { name: `${number}.bin`, type: 'application/octet-stream', bytes };
}

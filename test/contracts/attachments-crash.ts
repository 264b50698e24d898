/** The part of the suite of attachments about processes that are killed: what was kept is there and whole. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { plannedAttachment } from './attachments-plan.ts';
import type { AttachmentsUnderTest } from './attachments-under-test.ts';
import { linesUntilKilled } from './kill.ts';

const KILLS = 10;
const program = fileURLToPath(new URL('./attachments-writer.ts', import.meta.url));

export function attachmentsSurvive(under: AttachmentsUnderTest): void {
  describe(`attachments on ${under.name}, the process killed`, () => {
    test(`every one that was kept is there and whole after each of ${KILLS} kills`, async () => {
      const where = await under.fresh();
      const kept = new Map<number, string>();
      for (let kill = 1; kill <= KILLS; kill++) {
        const from = Math.max(0, ...kept.keys()) + 1;
        const lines = await linesUntilKilled(program, [under.module, where, String(from)], { within: 150 });
        for (const [number, id = ''] of lines.map((line) => line.split(' '))) kept.set(Number(number), id);
        const at = await under.open(where);
        for (let number = from; number <= Math.max(...kept.keys()); number++) {
          const found = await at.attachments.fetch(kept.get(number) ?? '');
          const { name, type, bytes } = plannedAttachment(number);
          expect({ number, name: found?.name, type: found?.type }).toEqual({ number, name, type });
          expect(Buffer.compare(found?.bytes ?? Buffer.of(), bytes)).toBe(0);
        }
        await at.stop();
      }
      expect(kept.size).toBeGreaterThanOrEqual(KILLS);
      await under.remove(where);
    }, 180_000);
  });
}

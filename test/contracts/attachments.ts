/** What every keeper of attachments has to keep of the promises in src/core/ports.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Attachments } from '../../src/core/ports.ts';
import { attachmentsSurvive } from './attachments-crash.ts';
import type { AttachmentsAtWork, AttachmentsUnderTest } from './attachments-under-test.ts';
import { everyPlane } from './sample.ts';

const screenshot = { name: 'graph.png', type: 'image/png', bytes: Uint8Array.of(137, 80, 78, 71) };

export function attachmentsContract(under: AttachmentsUnderTest): void {
  describe(`attachments on ${under.name}`, () => {
    let where: string;
    let at: AttachmentsAtWork;
    beforeEach(async () => {
      where = await under.fresh();
      at = await under.open(where);
    });
    afterEach(async () => {
      await at.stop();
      await under.remove(where);
    });

    async function reopen(limit?: number): Promise<void> {
      await at.stop();
      at = await under.open(where, limit);
    }
    const keep = (file: Parameters<Attachments['keep']>[0]) => at.attachments.keep(file);
    const fetch = (id: string) => at.attachments.fetch(id);

    test('what was kept is fetched by its id, byte for byte, also after a restart', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
      const file = { name: 'dump.bin', type: 'application/octet-stream', bytes };
      const id = await keep(file);
      expect(await fetch(id)).toEqual(file);
      await reopen();
      expect(await fetch(id)).toEqual(file);
    });

    test('an id that nobody was given is undefined, whatever it looks like', async () => {
      const id = await keep(screenshot);
      const shapes = [
        '',
        '.',
        '..',
        '../baton.db',
        '/etc/passwd',
        `${id}x`,
        id.slice(1),
        '\0',
        '__proto__',
        'a'.repeat(5_000),
      ];
      for (const shape of shapes) expect(await fetch(shape)).toBeUndefined();
    });

    test('ids can stand in an address', async () => {
      const id = await keep(screenshot);
      expect(id).toMatch(/^[\w-]{16,}$/);
    });

    test('an empty file, and any text as name and type', async () => {
      const name = everyPlane(500).replaceAll('\0', '');
      for (const file of [
        { name: 'empty.log', type: 'text/plain', bytes: new Uint8Array(0) },
        { name, type: '', bytes: screenshot.bytes },
        { name: '../../up/../and away', type: 'text/plain; charset="utf-8"', bytes: screenshot.bytes },
        { name: '', type: name, bytes: screenshot.bytes },
      ]) {
        expect(await fetch(await keep(file))).toEqual(file);
      }
    });

    test('the same bytes under two names are two attachments, the same file twice is at least one', async () => {
      const [one, other] = [await keep(screenshot), await keep({ ...screenshot, name: 'other.png', type: 'image/x' })];
      const again = await keep(screenshot);
      expect(await fetch(one)).toEqual(screenshot);
      expect(await fetch(other)).toEqual({ ...screenshot, name: 'other.png', type: 'image/x' });
      expect(await fetch(again)).toEqual(screenshot);
    });

    test('the limit is 10 MiB by default: that much is kept, a byte more is refused with the limit named', async () => {
      const limit = 10 * 1024 * 1024;
      expect(at.attachments.limit).toBe(limit);
      const whole = { ...screenshot, bytes: new Uint8Array(limit).fill(7) };
      const id = await keep(whole);
      expect(Buffer.compare((await fetch(id))?.bytes ?? Buffer.of(), whole.bytes)).toBe(0);
      const refused = keep({ ...screenshot, bytes: new Uint8Array(limit + 1) });
      await expect(refused).rejects.toThrow(RangeError);
      await expect(refused).rejects.toThrow(String(limit));
    });

    test('another limit', async () => {
      await reopen(3);
      expect(at.attachments.limit).toBe(3);
      await expect(keep(screenshot)).rejects.toThrow(RangeError);
      const small = { ...screenshot, bytes: screenshot.bytes.subarray(1) };
      expect(await fetch(await keep(small))).toEqual(small);
    });

    test('many at once, the same ones among them', async () => {
      const files = Array.from({ length: 40 }, (_, index) => ({
        name: `${index}.log`,
        type: 'text/plain',
        bytes: new Uint8Array(50_000).fill(index % 10),
      }));
      const kept = await Promise.all(files.map(keep));
      expect(await Promise.all(kept.map(fetch))).toEqual(files);
    });

    test('the giver may reuse its buffer at once, and change what it was handed out', async () => {
      const pool = new Uint8Array(100_000).fill(1);
      const keeping = keep({ ...screenshot, bytes: pool.subarray(10, 90_000) });
      pool.fill(2);
      const id = await keeping;
      const out = await fetch(id);
      expect(out?.bytes).toEqual(new Uint8Array(89_990).fill(1));
      out?.bytes.fill(3);
      expect((await fetch(id))?.bytes).toEqual(new Uint8Array(89_990).fill(1));
    });

    test('removes what was kept before an instant, and not what was kept again since', async () => {
      const [one, other] = [await keep(screenshot), await keep({ ...screenshot, name: 'other.png' })];
      const before = Date.now();
      await sleep(20);
      expect(await at.attachments.remove([one, other], before - 60_000)).toBe(0);
      const again = Date.now();
      await sleep(20);
      expect(await keep(screenshot)).toBe(one);
      expect(await at.attachments.remove([one, 'nobody-was-given-this', other], again)).toBe(1);
      expect(await fetch(one)).toEqual(screenshot);
      expect(await fetch(other)).toBeUndefined();
      await sleep(20);
      expect(await at.attachments.remove([one, other], Date.now())).toBe(1);
      await reopen();
      expect(await fetch(one)).toBeUndefined();
      expect(await fetch(await keep(screenshot))).toEqual(screenshot);
    });

    test('the same bytes under another name stay, and so does what is just being kept', async () => {
      const [one, other] = [await keep(screenshot), await keep({ ...screenshot, name: 'other.png' })];
      await sleep(20);
      expect(await at.attachments.remove([one], Date.now())).toBe(1);
      expect(await fetch(other)).toEqual({ ...screenshot, name: 'other.png' });
      await sleep(20);
      await Promise.all([keep(screenshot), at.attachments.remove([other], Date.now())]);
      expect(await fetch(one)).toEqual(screenshot);
    });

    test('everything asked after stopping is rejected with a message, and nothing comes of it', async () => {
      const id = await keep(screenshot);
      await at.stop();
      await expect(fetch(id)).rejects.toThrow(/\w/);
      await expect(keep({ ...screenshot, name: 'late.png' })).rejects.toThrow(/\w/);
      await reopen();
      expect(await fetch(id)).toEqual(screenshot);
    });
  });
  attachmentsSurvive(under);
}

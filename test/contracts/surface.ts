/** What every surface has to keep of the promises in src/core/ports.ts, whichever platform it speaks to. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Effect } from '../../src/core/contract.ts';
import type { Handler } from '../../src/core/handle.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Surface } from '../../src/core/ports.ts';

/** A surface at work on the real handler. `person` is somebody whom the platform knows, and who acts through it. */
export interface SurfaceAtWork {
  readonly surface: Surface;
  readonly handler: Handler;
  /** Declares through the platform, as a person would; resolves when everything is delivered. */
  declare(title: string): Promise<Incident>;
  /** Presses a button of the commander's card, as the person who declared; resolves when everything is delivered. */
  press(incident: Incident, command: string, fields?: Readonly<Record<string, string>>): Promise<void>;
  /** As `press`, for the very same press sent again by the platform. */
  again(): Promise<void>;
  settled(): Promise<void>;
  /** Everything that the person can read of the incident now. */
  seen(incident: Incident): Promise<string>;
  stop(): Promise<void>;
}

export interface SurfaceUnderTest {
  readonly name: string;
  open(): Promise<SurfaceAtWork>;
}

export function surfaceContract(under: SurfaceUnderTest): void {
  describe(`the surface ${under.name}`, () => {
    let at: SurfaceAtWork;
    beforeEach(async () => {
      at = await under.open();
    });
    afterEach(() => at.stop());

    const events = async (id: string) => (await at.handler.events(id)).map(({ type }) => type);

    test('names itself, says what it can, and takes only effects that there are', () => {
      const { name, can, takes } = at.surface;
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(Object.keys(can).sort()).toEqual(['call', 'page', 'pin', 'presence', 'privateReply']);
      const known: readonly Effect['type'][] = [
        'open-room',
        'open-call',
        'announce',
        'ping',
        'page',
        'publish',
        'order',
      ];
      expect(takes.filter((type) => !known.includes(type))).toEqual([]);
      expect(takes).toContain('open-room');
    });

    test('a declaration comes in through it, and its room is reported', async () => {
      const incident = await at.declare('Checkout fails');
      expect(incident.source).toMatchObject({ kind: 'chat', via: at.surface.name });
      expect((await at.handler.incident(incident.id))?.rooms[at.surface.name]?.room).toBeTruthy();
      expect(await at.seen(incident)).toContain('Checkout fails');
    });

    test('a press is an order of whoever pressed; the same press again changes nothing', async () => {
      const incident = await at.declare('Checkout fails');
      await at.press(incident, 'take-command');
      expect((await at.handler.incident(incident.id))?.command.commander).toBe(incident.declared.by);
      const before = await events(incident.id);
      await at.again();
      expect(await events(incident.id)).toEqual(before);
    });

    test('what happens elsewhere is seen in it', async () => {
      const incident = await at.declare('Checkout fails');
      await at.handler.handle({
        id: 'elsewhere',
        command: 'rename',
        incident: incident.id,
        by: incident.declared.by,
        fields: { title: 'Nobody can pay' },
        via: 'elsewhere',
      });
      await at.settled();
      expect(await at.seen(incident)).toContain('Nobody can pay');
    });

    test('people’s words arrive as they were written', async () => {
      const title = 'Retries <b>fail</b> & {{title}} **everywhere** @everyone';
      const incident = await at.declare(title);
      expect((await at.handler.incident(incident.id))?.title).toBe(title);
    });

    test('an effect that is delivered again is no error, and is seen once', async () => {
      const incident = await at.declare('Checkout fails');
      await at.press(incident, 'take-command');
      const latest = (await at.handler.incident(incident.id)) as Incident;
      const all = await at.handler.events(incident.id);
      const event = all.find(({ type }) => type === 'command-taken');
      if (!event) throw new Error('nobody took command');
      const effect: Effect = {
        type: 'announce',
        event,
        id: `${incident.id}/${event.seq}/0`,
        seq: event.seq,
        at: event.at,
      };
      const before = await at.seen(latest);
      await at.surface.deliver(effect, latest);
      await at.settled();
      expect(await at.seen(latest)).toBe(before);
    });

    test('drawing is cheap to ask for: a thousand times leaves the newest state', async () => {
      const incident = await at.declare('Checkout fails');
      const newest = (await at.handler.incident(incident.id)) as Incident;
      for (let n = 0; n < 1_000; n += 1) at.surface.draw?.(newest);
      await at.settled();
      expect(await at.seen(newest)).toContain('Checkout fails');
    });

    test('an effect before the start or after the stop is refused, so that it comes again', async () => {
      const incident = await at.declare('Checkout fails');
      await at.surface.stop();
      const effect: Effect = { type: 'open-room', id: 'late', seq: 1, at: 0 };
      await expect(at.surface.deliver(effect, incident)).rejects.toThrow();
    });
  });
}

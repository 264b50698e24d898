/** Every log that Baton ever wrote loads for ever, and means what it meant. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Recorded } from '../../src/core/events.ts';
import { EVENT_TYPES, replay } from '../../src/core/evolve.ts';

const FOLDER = new URL('../fixtures/logs/', import.meta.url);

interface Log {
  readonly id: string;
  readonly means: {
    readonly title: string;
    readonly phase: string;
    readonly version: number;
    readonly severity: string;
  };
  readonly events: readonly Recorded[];
}

const logs = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Log] as const);

describe('a recorded log', () => {
  test.each(logs)('%s loads and means what it meant', (_name, { id, means, events }) => {
    const incident = replay(id, events);
    expect({
      title: incident?.title,
      phase: incident?.phase,
      version: incident?.version,
      severity: incident?.severity.severity,
    }).toEqual(means);
  });

  test('there is one for every type of event', () => {
    const recorded = new Set(logs.flatMap(([, { events }]) => events.map(({ type }) => type)));
    expect(EVENT_TYPES.filter((type) => !recorded.has(type))).toEqual([]);
  });

  test('an event of a type that nobody knows is refused by name, never skipped', () => {
    const [, log] = logs[0] ?? [];
    const foreign = { type: 'moon-landed', seq: 2, at: 0, by: 'ann' } as unknown as Recorded;
    expect(() => replay('INC-1', [...(log?.events.slice(0, 1) ?? []), foreign])).toThrow(/moon-landed/);
  });
});

// The operator's log is one JSON object per line, with the whole of an error and nothing of a secret.
import { expect, test } from '@jest/globals';
import { createLog } from '../../../src/adapters/log/log.ts';

function logged(level: string, write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog(level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line has its level, its time, its facts and its message', () => {
  expect(logged('info', (log) => log.warn({ incident: 'INC-1', failed: 2 }, 'could not deliver'))).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      incident: 'INC-1',
      failed: 2,
      msg: 'could not deliver',
    },
  ]);
});

test('an error comes with its cause', () => {
  const error = new Error('not kept', { cause: new Error('disk full') });
  const [line] = logged('info', (log) => log.error({ error }, 'a request failed'));
  expect(line?.error).toMatchObject({
    message: 'not kept',
    stack: expect.any(String),
    cause: { message: 'disk full' },
  });
});

test('secrets are left out, also of what an error brings along', () => {
  const error = Object.assign(new Error('refused'), { token: 'hush' });
  const facts = { secret: 'hush', headers: { authorization: 'Bearer hush', cookie: 'hush' }, error };
  const lines = logged('info', (log) => log.info({ ...facts, webhook: { url: 'x', secret: 'hush' } }, 'told'));
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toContain('hush');
});

test('an address is written without what gives access, and what was said to somebody not at all', () => {
  const error = Object.assign(new Error('refused'), {
    url: 'https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24/callback',
    requestBody: { json: { data: { content: 'CDFG-HJKM-NPQR' } } },
  });
  const later = Object.assign(new Error('refused'), { url: 'https://discord.com/api/v10/webhooks/9/aW50ZXJhY3Rpb24' });
  const lines = logged('info', (log) => {
    log.error({ error }, 'an interaction could not be answered');
    log.error({ error: new Error('again', { cause: later }) }, 'an interaction could not be answered');
    log.info({ url: 'https://baton.example/hooks' }, 'told');
  });
  expect(JSON.stringify(lines)).not.toMatch(/aW50ZXJhY3Rpb24|CDFG/);
  expect(lines[0]?.error).toMatchObject({
    message: 'refused',
    url: 'https://discord.com/api/v10/interactions/123/[secret]/callback',
  });
  expect(lines[2]).toMatchObject({ url: 'https://baton.example/hooks' });
});

test('lines below the level are not written', () => {
  expect(logged('error', (log) => log.warn({}, 'x'))).toEqual([]);
  expect(logged('silent', (log) => log.error({}, 'x'))).toEqual([]);
});

// A token that was checked is not checked again for a while; nobody else comes in by that.
import { beforeEach, expect, test } from '@jest/globals';
import type { Gate, Turned } from '../../../src/adapters/teams/gate.ts';
import { believingGate } from '../../../src/adapters/teams/known-tokens.ts';
import { KNOWN_TOKENS_KEPT, TOKEN_BELIEVED } from '../../../src/adapters/teams/limits.ts';

const NIGHT = 1_772_500_000_000;
const activity = { channelId: 'msteams', serviceUrl: 'https://smba.example.com/emea/' };
const no: Turned = { status: 401, reason: 'no' };

let now: number;
let checked: string[];
let answer: Turned | undefined;
let gate: Gate;
beforeEach(() => {
  now = NIGHT;
  checked = [];
  answer = undefined;
  gate = believingGate(
    async (_, authorization) => {
      checked.push(authorization);
      return answer;
    },
    () => now,
  );
});

const token = (claims: object) => `Bearer e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const lasting = (milliseconds: number) => token({ exp: (NIGHT + milliseconds) / 1_000 });

test('one that was let in is let in again, and checked again after some minutes', async () => {
  const mine = lasting(3_600_000);
  for (const later of [0, TOKEN_BELIEVED - 1]) {
    now = NIGHT + later;
    expect(await gate(activity, mine)).toBeUndefined();
  }
  expect(checked).toHaveLength(1);
  now = NIGHT + TOKEN_BELIEVED;
  answer = no;
  expect(await gate(activity, mine)).toBe(no);
  answer = undefined;
  expect(await gate(activity, mine)).toBeUndefined();
  expect(checked).toHaveLength(3);
});

test('it is not believed past its end, nor where it names none', async () => {
  const short = lasting(60_000);
  await gate(activity, short);
  now = NIGHT + 60_000;
  answer = no;
  expect(await gate(activity, short)).toBe(no);
  answer = undefined;
  for (const endless of [token({}), token({ exp: 'soon' }), 'Bearer e30.bm9qc29u.c2ln']) {
    for (let n = 0; n < 2; n += 1) await gate(activity, endless);
    expect(checked.filter((one) => one === endless)).toHaveLength(2);
  }
});

test('another token, channel or address is checked by itself', async () => {
  const mine = lasting(3_600_000);
  await gate(activity, mine);
  answer = no;
  expect(await gate(activity, `${mine}x`)).toBe(no);
  expect(await gate({ ...activity, serviceUrl: 'https://evil.example.com/' }, mine)).toBe(no);
  expect(await gate({ ...activity, channelId: 'webchat' }, mine)).toBe(no);
  expect(await gate(activity, mine)).toBeUndefined();
});

test('what was refused is not remembered', async () => {
  answer = { status: 503, reason: 'the keys cannot be had' };
  const mine = lasting(3_600_000);
  expect(await gate(activity, mine)).toBe(answer);
  answer = undefined;
  expect(await gate(activity, mine)).toBeUndefined();
});

test('only so many are remembered, the oldest go first', async () => {
  for (let n = 0; n <= KNOWN_TOKENS_KEPT; n += 1) await gate(activity, lasting(3_600_000 + n * 1_000));
  checked = [];
  await gate(activity, lasting(3_600_000 + KNOWN_TOKENS_KEPT * 1_000));
  expect(checked).toHaveLength(0);
  await gate(activity, lasting(3_600_000));
  expect(checked).toHaveLength(1);
});

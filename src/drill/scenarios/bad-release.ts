/** A bad release on checkout: a restart changes nothing, an impatient colleague makes it worse, the rollback helps. */
import type { Scenario } from '../scenario.ts';

export const badRelease: Scenario = {
  name: 'bad-release',
  alert: 'CheckoutErrorsHigh',
  impact: { reproduced: 'yes', frequency: 'sometimes', retries: 'fail', scope: 'everybody' },
  clues: ['ida', 'otto', 'ben', 'sofia'],
  attempts: [
    { name: 'restart', by: 'otto', effect: 'no-effect', when: 'early', takes: 9 },
    { name: 'flush', by: 'rasmus', effect: 'worse', when: 'alone', takes: 6 },
    { name: 'rollback', by: 'ida', effect: 'fixed', when: 'asked', takes: 10 },
  ],
};

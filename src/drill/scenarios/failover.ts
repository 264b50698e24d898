/** A database fails over, and a release of something else looks guilty: the standby has to lead, then the pools must follow. */
import type { Scenario } from '../scenario.ts';

export const failover: Scenario = {
  name: 'failover',
  alert: 'OrdersNotSaved',
  impact: { reproduced: 'yes', frequency: 'every-time', retries: 'fail', scope: 'everybody' },
  clues: ['ben', 'otto', 'rasmus', 'ida'],
  attempts: [
    { name: 'herring', by: 'rasmus', effect: 'no-effect', when: 'early', takes: 8 },
    { name: 'back', by: 'rasmus', effect: 'worse', when: 'alone', takes: 6 },
    { name: 'promote', by: 'ben', effect: 'helped', when: 'asked', takes: 10 },
    { name: 'pools', by: 'otto', effect: 'fixed', after: 'promote', when: 'asked', takes: 7 },
  ],
};

/** Every scenario; the first is the one for a first time, and what is played where none is asked for. */
import type { Scenario } from '../scenario.ts';
import { badRelease } from './bad-release.ts';
import { failover } from './failover.ts';

export const SCENARIOS: readonly Scenario[] = [badRelease, failover];

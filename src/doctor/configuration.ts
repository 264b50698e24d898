/** Reads the configuration as the start does, and goes on with as much of it as can be read. */

import type { Environment } from '../config/secrets.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { type Finding, inTwo, note, ok, wrong } from './finding.ts';

export interface Configuration {
  readonly findings: readonly Finding[];
  /** Absent when the environment itself is wrong: then nothing is known to look at. */
  readonly config?: Config;
}

export function readForDoctor(environment: Environment): Configuration {
  try {
    const config = readConfig(environment);
    const warnings = config.warnings.map((warning) => note(...inTwo(warning, MEND)));
    return { findings: [ok(summaryOf(config)), ...warnings], config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((problem) => wrong(...inTwo(problem, MEND)));
    const config = withoutFile(environment);
    const rest = config
      ? note('The rest was looked at as if there were no configuration file.', 'Mend it, then look again.')
      : note('Nothing else was looked at.', 'Mend this, then look again.');
    return { findings: [...problems, rest], ...(config && { config }) };
  }
}

const MEND = 'Mend it; baton.example.yaml shows how it is written.';

/** What the environment alone says, where only the file is at fault. */
function withoutFile(environment: Environment): Config | undefined {
  try {
    return readConfig({ ...environment, BATON_CONFIG: undefined }, () => {
      throw Object.assign(new Error('not read'), { code: 'ENOENT' });
    });
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function summaryOf({ file, people, settings }: Config): string {
  if (file === undefined) return 'There is no baton.yaml: every setting has its default.';
  const counts = [
    counted(Object.keys(people).length, 'person', 'people'),
    counted(Object.keys(settings.seats).length, 'seat', 'seats'),
    counted(Object.keys(settings.services).length, 'service', 'services'),
  ];
  return `${file} can be read: ${counts.join(', ')}.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

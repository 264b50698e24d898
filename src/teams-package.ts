/** `npm run teams:package`: writes the app package for Microsoft Teams from the configuration that Baton starts with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { appPackage } from './adapters/teams/package.ts';
import { VERSION } from './version.ts';

const FILE = 'dist/baton-teams.zip';

function main(): number {
  const appId = process.env.MicrosoftAppId?.trim() ?? '';
  const publicUrl = process.env.PUBLIC_URL?.trim().replace(/\/+$/, '') ?? '';
  const made = appPackage({ appId, publicUrl, version: process.env.TEAMS_APP_VERSION?.trim() || VERSION });
  if ('problems' in made) {
    for (const problem of made.problems) process.stderr.write(`${problem}\n`);
    process.stderr.write('No package was written. deploy/teams/README.md says what each of them is.\n');
    return 1;
  }
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, made.bytes);
  process.stdout.write(`${FILE} is ready to be uploaded in Teams: Apps, Manage your apps, Upload an app.\n`);
  return 0;
}

process.exitCode = main();

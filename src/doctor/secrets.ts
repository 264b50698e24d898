/** Keeps secrets out of what is printed, whichever check or server repeats one. */

import type { Environment } from '../config/secrets.ts';
import type { Config } from '../config.ts';

/** Shorter ones are in every word. */
const SHORTEST = 4;

/** All that must not be shown, as it is written and as it stands in addresses. */
export function secretsIn(environment: Environment, config: Config | undefined): readonly string[] {
  const pagers = Object.values(config?.pagers ?? {});
  const { webhook, statuspage, chat } = config?.publishers ?? {};
  const all = [
    ...Object.entries(environment).flatMap(([name, value]) =>
      /(PASSWORD|TOKEN|SECRET|_KEY)/i.test(name) ? [value] : [],
    ),
    ...Object.values(environment).flatMap(passwordIn),
    ...secretsBelow(config?.hooks),
    ...pagers.flatMap(({ url, ...keys }) => [...textsIn(keys), ...passwordIn(url)]),
    ...[webhook?.secret, statuspage?.key, ...passwordIn(webhook?.url)],
    ...Object.values(chat ?? {}),
  ];
  const known = all.flatMap((one) => {
    const secret = one?.trim() ?? '';
    return [secret, secret.replace(/^Bot\s+/i, ''), encodeURIComponent(secret)];
  });
  return [...new Set(known)].filter(({ length }) => length >= SHORTEST).toSorted((a, b) => b.length - a.length);
}

/** Those of every source, however deep it lies. */
function secretsBelow(hooks: unknown): readonly string[] {
  if (typeof hooks !== 'object' || hooks === null) return [];
  return Object.entries(hooks).flatMap(([name, value]) => (name === 'secrets' ? textsIn(value) : secretsBelow(value)));
}

/** Whatever a provider asks for beside its address may be a key. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Between the name and the host, as it is written and as it is meant. */
function passwordIn(address: string | undefined): readonly string[] {
  const written = /^[a-z+]+:\/\/[^:@/]*:([^@/]*)@/i.exec(address?.trim() ?? '')?.[1];
  if (!written) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}

export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((said, secret) => said.replaceAll(secret, '[secret]'), text);
}

/** Puts the app package of Teams together: the manifest, its other languages and its icons, checked before it is packed. */
import { colourIcon, outlineIcon } from './icons.ts';
import { type App, localization, manifest, others, problemsOf } from './manifest.ts';
import { zip } from './zip.ts';

/** The zip to upload, or what has to be mended first. */
export function appPackage(app: App): { readonly bytes: Uint8Array } | { readonly problems: readonly string[] } {
  if (!URL.canParse(app.publicUrl)) return { problems: ['PUBLIC_URL is missing: how Teams and people reach Baton.'] };
  const made = manifest(app);
  const problems = problemsOf(made);
  if (problems.length > 0) return { problems };
  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  return {
    bytes: zip([
      { name: 'manifest.json', bytes: json(made) },
      ...others().map((language) => ({ name: `${language}.json`, bytes: json(localization(language)) })),
      { name: 'color.png', bytes: colourIcon() },
      { name: 'outline.png', bytes: outlineIcon() },
    ]),
  };
}

/** The process that paints: takes pictures from its parent, gives back PNGs, and ends with it. */
import type { Picture } from '../../cards/picture.ts';

/** What comes of a picture: its PNG, or why there is none. */
export type Painted = { readonly png: Uint8Array } | { readonly failed: string };

process.on('disconnect', () => process.exit());

process.on('message', async (picture: Picture) => {
  process.send?.(await painted(picture));
});

/** The package is loaded here, so that a machine for which it has no build is told so like any other fault. */
async function painted(picture: Picture): Promise<Painted> {
  try {
    const { paint } = await import('./paint.ts');
    return { png: await paint(picture) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

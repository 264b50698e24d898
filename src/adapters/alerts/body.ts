/** A body as it came, read as JSON as far as it is any. */

export type Parsed = { readonly body: unknown } | { readonly broken: string; readonly text: string };

/** @param text undefined when there was no body */
export function parse(text: unknown): Parsed {
  if (typeof text !== 'string' || text.trim() === '') return { body: undefined };
  try {
    return { body: JSON.parse(text) };
  } catch (error) {
    try {
      // Templates put line breaks and tabs into strings as they are. Between values they mean nothing, so a space will do.
      return { body: JSON.parse(text.replace(/\p{Cc}/gu, ' ')) };
    } catch {
      return { broken: error instanceof Error ? error.message : String(error), text };
    }
  }
}

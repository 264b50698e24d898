/** What follows from some parts of the state alone is worked out once, while these are the parts asked about. */

/**
 * `work` sees nothing but its parts, so an answer holds while all of them are the same; parts are never changed in place.
 * Only the last answer is kept: one decision asks many times about one state. A `WeakMap` of all of them cost the
 * collector more than it saved (`npm run bench -- core`).
 */
export function onceFor<Parts extends readonly unknown[], Found>(
  work: (...parts: Parts) => Found,
): (...parts: Parts) => Found {
  let last: { readonly parts: Parts; readonly found: Found } | undefined;
  return (...parts) => {
    const known = last;
    const isSame = known?.parts.length === parts.length && parts.every((part, n) => part === known.parts[n]);
    if (isSame) return known.found;
    const found = work(...parts);
    last = { parts, found };
    return found;
  };
}

/** The one place that turns what went wrong with a request into an answer: a problem's name, for which the page has words. */
import type { ErrorRequestHandler } from 'express';
import { ZodError } from 'zod';
import type { Attachments, Log } from '../../core/ports.ts';

/** Somebody has to say who they are first. */
export class Stranger extends Error {}

/** There is nothing of that name. */
export class Absent extends Error {}

export function failed(log: Log, { limit }: Attachments): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof Stranger) return void response.status(401).json({ problem: 'stranger' });
    if (error instanceof Absent) return void response.status(404).json({ problem: 'absent' });
    if (error instanceof RangeError || error?.type === 'entity.too.large') {
      return void response.status(413).json({ problem: 'too-large', limit: error.limit ?? limit });
    }
    const malformed = error instanceof ZodError || error instanceof SyntaxError || error?.type?.startsWith?.('entity.');
    if (malformed || (error?.status >= 400 && error?.status < 500)) {
      return void response.status(400).json({ problem: 'malformed' });
    }
    // Nothing was kept, or it cannot be told: the page asks again under the same order id.
    log.error({ path: request.path, error }, 'a request to the console failed');
    response.status(503).json({ problem: 'not-kept' });
  };
}

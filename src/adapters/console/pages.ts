/** Serves the console's pages and what they load: modules, styles, typeface, the card renderer. Nothing comes from outside. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { catalogue } from './help.ts';

const WEB = join(import.meta.dirname, 'web');
const here = createRequire(import.meta.url);
const FONT = dirname(here.resolve('@fontsource-variable/inter/index.css'));
const RENDERER = here.resolve('adaptivecards/dist/adaptivecards.min.js');

/**
 * Scripts and styles from here alone, none written into a page, and no text ever parsed as markup: the policies named
 * are those that the card renderer makes for itself as it loads, none of which sees people's words (web/card.js).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types adaptivecards#markdownPassthroughPolicy adaptivecards#restoreContentsPolicy adaptivecards#deprecatedExportedFunctionPolicy',
].join('; ');

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  });
  next();
};

/** Files are asked for again each time and answered "unchanged": a new Baton is a new page at once. */
const FRESH = { index: false, redirect: false, dotfiles: 'ignore', cacheControl: false } as const;
const revalidate: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-cache');
  next();
};

export function pages(): Router {
  const router = express.Router();
  const page = [securityHeaders, revalidate];
  router.get('/', page, (_request: Request, response: Response) => {
    response.sendFile(join(WEB, 'index.html'), { cacheControl: false });
  });
  router.get('/favicon.ico', (_request: Request, response: Response) =>
    response.redirect(301, '/console/web/icon.svg'),
  );
  router.get('/console/words', page, (request: Request, response: Response) => {
    response.json(catalogue(String(request.query.lang ?? '')));
  });
  router.get('/console/vendor/adaptivecards.js', page, (_request: Request, response: Response) => {
    response.sendFile(RENDERER, { cacheControl: false });
  });
  router.use('/console/font', page, express.static(FONT, { ...FRESH, extensions: false }));
  router.use('/console/web', page, express.static(WEB, FRESH));
  return router;
}

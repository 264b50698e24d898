/** PagerDuty's Events API v2 as its documentation has it: alerts by routing and deduplication key, and whom that wakes. */
import { type Answered, type Asked, type Provider, startProvider } from './provider.ts';

export interface Alert {
  readonly routing: string;
  readonly key: string;
  readonly status: 'triggered' | 'acknowledged' | 'resolved';
  readonly summary: string;
}

export interface PagerDutyDouble extends Provider {
  readonly alerts: readonly Alert[];
  /** Summaries that woke somebody, in order: only an alert that was not there before does. */
  readonly woken: readonly string[];
}

const LARGEST = 512 * 1024;
const SEVERITIES = ['critical', 'error', 'warning', 'info'];

/** @param routings integration keys that lead somewhere */
export async function startPagerDuty(routings: readonly string[]): Promise<PagerDutyDouble> {
  const alerts: Alert[] = [];
  const woken: string[] = [];
  const provider = await startProvider(serve);
  return { ...provider, alerts, woken };

  function serve({ method, path, body }: Asked): Answered {
    if (method !== 'POST' || path !== '/v2/enqueue') return { status: 404 };
    if (Buffer.byteLength(body) > LARGEST) return { status: 413 };
    const event = read(body);
    const errors = errorsIn(event);
    if (errors.length > 0) {
      return { status: 400, content: { status: 'invalid event', message: 'Event object is invalid', errors } };
    }
    const { routing_key: routing, event_action: action, dedup_key: key, payload } = event as Event;
    // An unknown key is taken too: what becomes of an event is found out later, and by nobody who sent it.
    if (routings.includes(routing)) carryOut(routing, action, key, payload?.summary ?? '');
    return { status: 202, content: { status: 'success', message: 'Event processed', dedup_key: key } };
  }

  function carryOut(routing: string, action: string, key: string, summary: string): void {
    const at = alerts.findIndex((one) => one.routing === routing && one.key === key && one.status !== 'resolved');
    const open = alerts[at];
    if (action === 'trigger') {
      if (open) return;
      alerts.push({ routing, key, status: 'triggered', summary });
      woken.push(summary);
    } else if (open) {
      alerts[at] = { ...open, status: action === 'acknowledge' ? 'acknowledged' : 'resolved' };
    }
  }
}

interface Event {
  readonly routing_key: string;
  readonly event_action: string;
  readonly dedup_key: string;
  readonly payload?: { readonly summary: string; readonly source: string; readonly severity: string };
}

function read(body: string): Partial<Event> {
  try {
    return JSON.parse(body) as Partial<Event>;
  } catch {
    return {};
  }
}

function errorsIn(event: Partial<Event>): string[] {
  const errors: string[] = [];
  const wants = (holds: boolean, error: string) => void (holds || errors.push(error));
  wants(/^[A-Za-z0-9]{32}$/.test(event.routing_key ?? ''), "'routing_key' is missing or blank");
  const isTrigger = event.event_action === 'trigger';
  wants(isTrigger || ['acknowledge', 'resolve'].includes(event.event_action ?? ''), "'event_action' is invalid");
  wants((event.dedup_key ?? '').length <= 255, "'dedup_key' is too long");
  if (!isTrigger) wants(Boolean(event.dedup_key), "'dedup_key' is missing");
  if (isTrigger) {
    const { summary = '', source = '', severity = '' } = event.payload ?? {};
    wants(summary.length > 0 && summary.length <= 1024, "'payload.summary' is missing or too long");
    wants(source.length > 0, "'payload.source' is missing");
    wants(SEVERITIES.includes(severity), "'payload.severity' is invalid");
  }
  return errors;
}

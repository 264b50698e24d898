/** Reads a page's stream in a test: every message in order, with waiting for the one that is wanted. */
import { type IncomingMessage, request } from 'node:http';

export interface Message {
  readonly id?: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects
  readonly data: any;
}

export interface Stream {
  readonly messages: readonly Message[];
  /** Resolves with the first message, past or to come, that fits; rejects when the stream ends before. */
  until(fits: (message: Message) => boolean): Promise<Message>;
  /** The numbers of all entries so far, in the order in which they came. */
  seqs(): number[];
  /** Takes nothing off the connection until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

export async function openStream(url: string, query: Record<string, string>, lastEventId?: number): Promise<Stream> {
  const address = `${url}/console/stream?${new URLSearchParams({ lang: 'en', zone: 'UTC', ...query })}`;
  const headers = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asked = request(address, { headers }, resolve);
  asked.on('error', reject);
  asked.end();
  const response = await promise;
  if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);

  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  let ended = false;
  const tellAll = () => {
    for (const look of [...waiting]) look();
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event === undefined) continue;
      const message = { event: fields.event, data: JSON.parse(fields.data) };
      messages.push(fields.id === undefined ? message : { ...message, id: Number(fields.id) });
    }
    tellAll();
  });
  const end = () => {
    ended = true;
    tellAll();
  };
  response.on('close', end);
  response.on('error', end);

  return {
    messages,
    until(fits) {
      const { promise: found, resolve: give, reject: fail } = Promise.withResolvers<Message>();
      const look = () => {
        const message = messages.find(fits);
        if (message) give(message);
        else if (ended) fail(new Error(`the stream ended; it said ${messages.map(({ event }) => event).join(', ')}`));
        else return;
        waiting.delete(look);
      };
      waiting.add(look);
      look();
      return found;
    },
    seqs: () =>
      messages.flatMap(({ event, data }) =>
        event === 'entries' ? data.entries.map(({ seq }: { seq: number }) => seq) : [],
      ),
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void response.destroy(),
  };
}

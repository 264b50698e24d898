/** Requests to an address of the operator's own, signed so that the receiver can tell who sent them, and when. */
import { createHmac } from 'node:crypto';
import { type Sent, send, WIRE, type Wire } from './send.ts';

export interface Target {
  readonly url: string;
  /** Shared with the receiver. */
  readonly secret: string;
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`, so that an old request cannot be played again. */
export function signature(body: string, secret: string, at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/**
 * @param id the same however often the same thing is sent: receivers drop what they have seen
 * Never rejects.
 */
export function sendSigned({ url, secret }: Target, id: string, content: object, wire: Wire = WIRE): Promise<Sent> {
  const body = JSON.stringify(content);
  return send(
    () => ({
      url,
      content,
      headers: { 'idempotency-key': id, 'baton-signature': signature(body, secret, wire.now()) },
    }),
    wire,
  );
}

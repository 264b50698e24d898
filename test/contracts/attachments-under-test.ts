/** How the suite of attachments gets at an implementation. */
import type { Attachments } from '../../src/core/ports.ts';

/** Attachments that are open, and the way to let go of them. */
export interface AttachmentsAtWork {
  readonly attachments: Attachments;
  stop(): Promise<void>;
}

/** An implementation, and where its attachments are. */
export interface AttachmentsUnderTest {
  readonly name: string;
  /** A place where nothing has been kept. */
  fresh(): Promise<string>;
  /** Opens a place; opened again only after `stop` or a crash. `limit` in bytes. */
  open(where: string, limit?: number): Promise<AttachmentsAtWork>;
  remove(where: string): Promise<void>;
  /** Absolute path of a module whose export `openAttachments` is `open`; processes that get killed import it. */
  readonly module: string;
}

/** How the suite of stores gets at an implementation. */
import type { Store } from '../../src/core/ports.ts';

/** An implementation, and where its stores are. */
export interface StoreUnderTest {
  readonly name: string;
  /** A place where no store has been: a directory, the name of a database. */
  fresh(): Promise<string>;
  /** Opens the store at a place, with what was kept there. A place is opened again only after `stop` or a crash. */
  open(where: string): Promise<Store>;
  remove(where: string): Promise<void>;
  /** Absolute path of a module whose export `open` is the above; processes that get killed import it. */
  readonly module: string;
}

/** The store of the test that is running. */
export interface StoreAtWork {
  current(): Store;
  /** Stops it and opens its place again. */
  reopen(): Promise<Store>;
}

/** What starts a function again and again, until it is stopped. */
export interface Listener {
  start(): void;
  /** Starts nothing new from here on. */
  stop(): Promise<void>;
  /** Resolves when nothing that was started is running any more. */
  finished(): Promise<void>;
  /** Lets go of connections. */
  close(): Promise<void>;
}

/** A message as a trigger or the reader of dead letters hands it over: both make it with the same functions. */
export interface IncomingMessage {
  /** JSON already parsed where it was JSON, else text. */
  readonly body: unknown;
  /** Why the body cannot be what its queue is for, whatever it holds. */
  readonly bodyProblem?: string;
  /** The one name of the message, the same at every delivery. */
  readonly messageId: string;
}

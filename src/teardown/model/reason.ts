/** Why something ended as it did, in words; its key is the reason in an event. */
export interface Reason {
  readonly meaning: string;
}

export interface ReasonWithNextStep extends Reason {
  /** The advice for a person, unless an error or a guard has a better one. */
  readonly nextStep: string;
}

export type Reasons<R extends Reason> = Readonly<Record<string, R>>;

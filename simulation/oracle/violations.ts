/** A broken invariant of the design, with a message that says how. */
export interface Violation {
  readonly invariant:
    | 'I1'
    | 'I2'
    | 'I3'
    | 'I4'
    | 'I5'
    | 'I6'
    | 'I7'
    | 'I8'
    | 'I9'
    | 'liveness'
    | 'bug';
  readonly message: string;
}

/** Called for each violation. */
export type Broken = (invariant: Violation['invariant'], message: string) => void;

/** What a run did wrong: the broken invariant of the design, and the sentence that says how. */
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

/** Is told of each. */
export type Broken = (invariant: Violation['invariant'], message: string) => void;

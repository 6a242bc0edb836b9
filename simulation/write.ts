/** A write as it is about to reach the sandbox. */
export interface Write {
  readonly method: string;
  readonly path: string;
  readonly json: unknown;
  /** The tenant of its token. */
  readonly tenantId: string | undefined;
}

/** A peer did what AMQP, or a limit, does not allow: it is cut off. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

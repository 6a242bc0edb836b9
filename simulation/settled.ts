/** Resolves when every instance has reached its next effect: between effects there are only promises. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

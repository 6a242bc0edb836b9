import { onTestFinished, vi } from 'vitest';

/** Takes what this process says, line by line, and keeps it from ending, until the test has ended. */
export function terminal(onLine: (line: string) => void = () => undefined) {
  const lines: string[] = [];
  const exits: number[] = [];
  const hear = (text: string): void => {
    for (const line of text.split('\n')) {
      lines.push(line);
      onLine(line);
    }
  };
  const write = (text: unknown): true => {
    hear(String(text).replace(/\n$/, ''));
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(hear),
    vi.spyOn(console, 'error').mockImplementation(hear),
    vi.spyOn(process.stdout, 'write').mockImplementation(write),
    vi.spyOn(process.stderr, 'write').mockImplementation(write),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      exits.push(Number(code));
      throw new Error('The process has ended.');
    }),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { lines, exits };
}

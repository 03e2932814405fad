/** Time as the client sees it; tests put their own in its place. */
export interface Clock {
  now(): number;
  after(milliseconds: number, task: () => void): Cancel;
}

export type Cancel = () => void;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
